using System.Globalization;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Finds a user in texts of logs: by the id, by the keys of the user's rows, by the user's own values.</summary>
/// <param name="columns">The names of the columns that say whose a row is.</param>
/// <param name="keys">The keys of the user's rows, as the quarantine writes them.</param>
/// <param name="values">The user's personal data.</param>
internal sealed class SubjectText(
    long userId, IReadOnlyCollection<string> columns, IEnumerable<string> keys, IEnumerable<string> values)
{
    private const string Instead = "***";
    private const RegexOptions AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _id = userId.ToString(CultureInfo.InvariantCulture);
    private readonly HashSet<string> _keys = [.. keys];
    private readonly string[] _values = [.. values.Where(value => value.Trim().Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>A text without the lines that name the user.</summary>
    /// <returns>The text; null where no line is left.</returns>
    public string? WithoutLines(string text)
    {
        var lines = text.Split('\n');
        var left = lines.Where(line => !IsNamedIn(line)).ToList();
        return left.Count == lines.Length ? text : left.Count == 0 ? null : string.Join('\n', left);
    }

    /// <summary>A text that is a sentence, with something else in place of the user's id and values.</summary>
    public string Hide(string text)
    {
        var hidden = text;
        if (columns.Any(column => text.Contains(column, StringComparison.Ordinal)))
            hidden = Regex.Replace(hidden, Alone(_id), Instead, RegexOptions.CultureInvariant, Patience);
        return _values.Aggregate(hidden, (current, value) => Regex.Replace(current, Alone(value), Instead, AnyCase, Patience));
    }

    // A row is named by its key and perhaps a word behind it.
    private bool IsNamedIn(string line) =>
        columns.Any(column => Regex.IsMatch(line, Alone($"{column}={_id}"), RegexOptions.CultureInvariant, Patience)
            || Regex.IsMatch(line, Alone($"{column} {_id}"), RegexOptions.CultureInvariant, Patience))
        || _keys.Contains(line.Split(": ", 2)[0])
        || _values.Any(value => Regex.IsMatch(line, Alone(value), AnyCase, Patience));

    private static string Alone(string value) => $"(?<!\\w){Regex.Escape(value)}(?!\\w)";
}
