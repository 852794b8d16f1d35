using System.Reflection;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;

namespace LoyaltyPipeline.Core.Publication.Words;

/// <summary>Words that are nobody's: of SQL, of the engines, and of the settings of this module.</summary>
internal sealed class LanguageWords
{
    private const string EngineWords =
        "SELECT keyword_name FROM duckdb_keywords() UNION SELECT function_name FROM duckdb_functions() UNION SELECT type_name FROM duckdb_types()";

    // The engine is the same as long as the process runs.
    private static LanguageWords? _loaded;

    private readonly HashSet<string> _words;

    private LanguageWords(IEnumerable<string> words) => _words = new HashSet<string>(words, StringComparer.OrdinalIgnoreCase);

    /// <summary>The words of the embedded engine, and those that are listed beside this class.</summary>
    public static async Task<LanguageWords> LoadAsync(CancellationToken cancellationToken) =>
        _loaded ??= await ReadAsync(cancellationToken);

    /// <summary>The names that the code of this module demands: the pipeline does not run without them.</summary>
    public static IReadOnlyList<string> Demanded { get; } = Listed("Demanded");

    /// <summary>Whether a word is one of them; case does not matter.</summary>
    public bool Has(string word) => _words.Contains(word);

    private static async Task<LanguageWords> ReadAsync(CancellationToken cancellationToken)
    {
        await using var engine = await EmbeddedEngine.OpenAsync(cancellationToken);
        var words = await engine.Session.ListAsync(EngineWords, [], reader => reader.GetString(0), cancellationToken);
        return new LanguageWords([.. words, .. Listed("Snowflake"), .. Listed("Settings"), .. Listed("Markup"), .. Listed("PowerShell")]);
    }

    // A line beginning with # is a comment; a text of several words stands in quotes.
    private static IReadOnlyList<string> Listed(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Publication/{name}.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#'))
            .SelectMany(line => line.StartsWith('"') ? [line.Trim().Trim('"')] : line.Split(' ', StringSplitOptions.TrimEntries))
            .Where(word => word.Length > 0)];
    }
}
