using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>
/// Cuts SQL into tokens and loses nothing. What is not closed goes on to the end of the text; that it is wrong the engine says.
/// </summary>
internal sealed partial class SqlLexer
{
    private readonly string _sql;

    private SqlLexer(string sql) => _sql = sql;

    /// <summary>Cuts a text.</summary>
    public static IEnumerable<SqlToken> Read(string sql)
    {
        var lexer = new SqlLexer(sql);
        for (var at = 0; at < sql.Length;)
        {
            var (kind, end) = lexer.Next(at);
            yield return new SqlToken(kind, at, end - at);
            at = end;
        }
    }

    private (SqlTokenKind Kind, int End) Next(int at) => _sql[at] switch
    {
        var blank when char.IsWhiteSpace(blank) => (SqlTokenKind.Blank, While(at, char.IsWhiteSpace)),
        '-' when Is(at, "--") => (SqlTokenKind.Comment, EndOfLine(at)),
        '/' when Is(at, "/*") => (SqlTokenKind.Comment, EndOfBlock(at)),
        '\'' => (SqlTokenKind.Text, EndOfQuote(at, '\'', IsEscaped(at))),
        '"' => (SqlTokenKind.QuotedName, EndOfQuote(at, '"', hasEscapes: false)),
        '$' when BodyMark().Match(_sql, at) is { Success: true } mark => (SqlTokenKind.Body, EndOfBody(at, mark.Value)),
        '{' when Placeholder().Match(_sql, at) is { Success: true } match => (SqlTokenKind.Placeholder, at + match.Length),
        var first when char.IsAsciiDigit(first) => (SqlTokenKind.Number, at + Number().Match(_sql, at).Length),
        var first when IsWordPart(first) => (SqlTokenKind.Word, While(at, IsWordPart)),
        _ => (SqlTokenKind.Symbol, at + 1),
    };

    private static bool IsWordPart(char character) => character == '$' || Names.WordShape.IsPart(character);

    private bool Is(int at, string mark) => string.CompareOrdinal(_sql, at, mark, 0, mark.Length) == 0;

    private int While(int at, Func<char, bool> belongs)
    {
        while (at < _sql.Length && belongs(_sql[at]))
            at++;
        return at;
    }

    private int EndOfLine(int at) => While(at, static character => character is not ('\n' or '\r'));

    // E'it\'s': a backslash escapes only there.
    private bool IsEscaped(int at) => at > 0 && _sql[at - 1] is 'e' or 'E' && (at == 1 || !IsWordPart(_sql[at - 2]));

    // Comments stand in comments.
    private int EndOfBlock(int at)
    {
        var depth = 0;
        while (at < _sql.Length)
        {
            depth += Is(at, "/*") ? 1 : Is(at, "*/") ? -1 : 0;
            at += Is(at, "/*") || Is(at, "*/") ? 2 : 1;
            if (depth == 0)
                return at;
        }

        return _sql.Length;
    }

    private int EndOfQuote(int at, char quote, bool hasEscapes)
    {
        for (at++; at < _sql.Length; at++)
        {
            if (hasEscapes && _sql[at] == '\\')
                at++;
            else if (_sql[at] == quote && at + 1 < _sql.Length && _sql[at + 1] == quote)
                at++;
            else if (_sql[at] == quote)
                return at + 1;
        }

        return _sql.Length;
    }

    private int EndOfBody(int at, string mark) =>
        _sql.IndexOf(mark, at + mark.Length, StringComparison.Ordinal) is var end and >= 0 ? end + mark.Length : _sql.Length;

    [GeneratedRegex(
        @"\G\$([A-Za-z_][A-Za-z0-9_]*)?\$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BodyMark();

    [GeneratedRegex(@"\G\{[A-Za-z_][A-Za-z0-9_.]*\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(
        @"\G(0[xX][0-9A-Fa-f]+|[0-9][0-9_]*(\.[0-9]*)?([eE][+-]?[0-9]+)?)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
