using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Publication.Names;

/// <summary>The published name of one thing: the word of its kind and letters that count.</summary>
/// <param name="Letters">A, B, … Z, AA, in small letters.</param>
internal sealed partial record Pseudonym(NameKind Kind, string Letters)
{
    private const string HostEnding = ".example";

    // What a published name must not be taken for.
    private static readonly HashSet<string> English = new(StringComparer.Ordinal)
    {
        "accounts", "buckets", "columns", "columnar", "hosts", "hosted", "named", "namely", "names", "noted", "notes", "paths", "pathos",
        "schemas", "tableau", "tables", "tablet", "texts", "aliases", "aliased",
    };

    /// <summary>The pseudonym of a number, from 0.</summary>
    public static Pseudonym Of(NameKind kind, int number)
    {
        const int Alphabet = 26;
        var letters = string.Empty;
        for (var rest = number; rest >= 0; rest = (rest / Alphabet) - 1)
            letters = (char)('a' + (rest % Alphabet)) + letters;
        return new Pseudonym(kind, letters);
    }

    /// <summary>The pseudonym that a published name is a way to write of; null where it is none of the kind.</summary>
    public static Pseudonym? Read(NameKind kind, string published) =>
        Spelling().Match(published.ToLowerInvariant()) is { Success: true } match && match.Groups["word"].Value == WordOf(kind)
            ? new Pseudonym(kind, match.Groups["letters"].Value)
            : null;

    /// <summary>Whether a word looks like a published name, of whatever map.</summary>
    public static bool IsLike(string word) => Snake().IsMatch(word);

    /// <summary>The name, as it is written in place of one whose parts are separated so.</summary>
    /// <param name="separator">An underscore, a hyphen or nothing.</param>
    public IReadOnlyList<string> Parts(string separator) => Kind switch
    {
        NameKind.Host => [WordOf(Kind), "-", Letters, HostEnding],
        NameKind.Bucket => [WordOf(Kind), "-", Letters],
        _ when separator.Length == 0 => [WordOf(Kind), Letters],
        _ => [WordOf(Kind), separator, Letters],
    };

    /// <summary>The ways to separate its parts, each as one text in small letters.</summary>
    public IEnumerable<string> Forms => new[] { "_", "-", string.Empty }.Select(separator => string.Concat(Parts(separator)));

    /// <summary>Whether it can be published: no word that people write anyway.</summary>
    public bool IsUsable => !English.Contains(WordOf(Kind) + Letters);

    private static string WordOf(NameKind kind) => kind.ToString().ToLowerInvariant();

    [GeneratedRegex(
        @"^(?<word>name|text|note|path|column|alias|schema|table|account|bucket|host)[_-]?(?<letters>[a-z]+)(\.example)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spelling();

    [GeneratedRegex(
        @"^(name|text|note|path|column|alias|schema|table|account)_[a-z]{1,3}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Snake();
}
