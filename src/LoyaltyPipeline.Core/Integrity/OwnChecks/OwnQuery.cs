using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Integrity.OwnChecks;

/// <summary>
/// Tells whether a text is one query that can stand in parentheses and only reads. The engine says the rest when the query runs, in a
/// transaction that cannot write; what is refused here would leave the parentheses, change the session or the database's files in spite of
/// it, or be read differently by the two engines.
/// </summary>
internal static partial class OwnQuery
{
    // They act on the session or the files of the database, not on rows, so a read-only transaction does not stop them.
    private static readonly HashSet<string> Acting = new(StringComparer.OrdinalIgnoreCase)
    {
        "checkpoint", "force_checkpoint", "nextval", "setseed", "write_log", "enable_logging", "disable_logging", "enable_profiling",
        "disable_profiling", "enable_peg_parser", "disable_peg_parser",
    };

    /// <summary>Reads a query.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="query">The query, such that anything may follow it.</param>
    /// <param name="reason">Why it cannot be used.</param>
    /// <returns>Whether it can be used.</returns>
    public static bool TryRead(string text, out string query, out string reason)
    {
        var statement = Ending().Replace(text, string.Empty).Trim();
        // What follows must not become part of a comment in the last line.
        query = $"{statement}\n";
        reason = Problem(statement) ?? string.Empty;
        return reason.Length == 0;
    }

    private static string? Problem(string statement)
    {
        var tokens = Token().Matches(statement).Where(token => !token.Groups["comment"].Success).ToList();
        if (tokens.FirstOrDefault()?.Groups["word"].Value is not { } first || !IsOneOf(first, "SELECT", "WITH"))
            return "it does not begin with SELECT or WITH";
        var depth = 0;
        foreach (var token in tokens)
        {
            depth += Depth(token.Value);
            if (depth < 0)
                return "it closes a parenthesis that it has not opened";
            if (Problem(token) is { } problem)
                return problem;
        }

        return depth == 0 ? null : "a parenthesis is not closed";
    }

    private static int Depth(string token) => token switch
    {
        "(" => 1,
        ")" => -1,
        _ => 0,
    };

    private static string? Problem(Match token)
    {
        if (token.Groups["broken"].Success)
        {
            return token.Value switch
            {
                "'" => "a literal is not closed, or has a backslash before a quote, which not every engine reads alike (write '' for a quote, CHR(92) for a backslash)",
                "/*" => "a comment is not closed, or has another one in it",
                _ => $"what begins with {token.Value} is not closed",
            };
        }

        var name = token.Groups["word"].Success ? token.Value : token.Groups["name"].Value.Trim('"');
        if (Acting.Contains(name) || name.StartsWith("SYSTEM$", StringComparison.OrdinalIgnoreCase))
            return $"{name} does not only read";
        return token.Value == ";" ? "it is more than one statement" : null;
    }

    private static bool IsOneOf(string word, params string[] words) => words.Contains(word, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"[\s;]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ending();

    // Whatever none of the longer forms matches is a token of one character. A comment within a comment is left as broken: only one of the
    // engines nests them.
    [GeneratedRegex(
        """
        (?<comment> --[^\n]* | /\*(?:(?!/\*|\*/).)*\*/ )
        | (?<literal> '(?:[^'\\]|''|\\[^'])*' | \$(?<tag>\w*)\$.*?\$\k<tag>\$ )
        | (?<name> "(?:[^"]|"")*" )
        | (?<word> [\p{L}_][\p{L}\p{N}_$]* )
        | (?<broken> ['"] | /\* | \$\w*\$ )
        | \S
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
