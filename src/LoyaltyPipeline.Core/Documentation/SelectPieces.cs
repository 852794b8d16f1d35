using LoyaltyPipeline.Core.Publication.Languages;

namespace LoyaltyPipeline.Core.Documentation;

/// <summary>
/// A SELECT with WITH, taken apart: what each column of its result is, and the queries of WITH that go before. It expects a text that an
/// engine has accepted.
/// </summary>
internal sealed class SelectPieces
{
    private readonly string _script;

    // Without blanks and comments.
    private readonly List<SqlToken> _tokens;

    private SelectPieces(string script)
    {
        _script = script;
        _tokens = Significant(script);
        var at = 0;
        if (Is(at, "WITH"))
            CommonTables = ReadCommonTables(ref at);
        Columns = ReadColumns(at);
    }

    /// <summary>The queries of WITH, in order.</summary>
    public IReadOnlyList<(string Name, string Sql)> CommonTables { get; } = [];

    /// <summary>What each column of the result is, in order, without its name.</summary>
    public IReadOnlyList<(string Name, string Sql)> Columns { get; }

    /// <summary>The query of WITH that an expression reads first; null where it reads none.</summary>
    public string? ReadBy(string sql)
    {
        var tokens = Significant(sql);
        var read = tokens.Zip(tokens.Skip(1)).Where(pair => TextOf(sql, pair.Second) == ".").Select(pair => NameOf(sql, pair.First)).ToList();
        return CommonTables.Select(table => table.Name)
            .FirstOrDefault(name => read.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    public static SelectPieces Of(string script) => new(script);

    // name [(columns)] AS [[NOT] MATERIALIZED] (query), …
    private List<(string Name, string Sql)> ReadCommonTables(ref int at)
    {
        var tables = new List<(string, string)>();
        at += Is(at + 1, "RECURSIVE") ? 2 : 1;
        while (true)
        {
            var name = NameOf(_script, _tokens[at]);
            if (Is(++at, "("))
                at = EndOf(at) + 1;
            while (!Is(at, "("))
                at++;
            var end = EndOf(at);
            tables.Add((name, Sql(_tokens[at].End, _tokens[end].Start, isShort: false).Trim('\n').TrimEnd()));
            at = end + 1;
            if (!Is(at, ","))
                return tables;
            at++;
        }
    }

    private List<(string Name, string Sql)> ReadColumns(int at)
    {
        at += Is(at + 1, "DISTINCT") || Is(at + 1, "ALL") ? 2 : 1;
        var columns = new List<(string, string)>();
        for (var begin = at; ; at++)
        {
            var isEnd = at == _tokens.Count || Is(at, ";") || (Is(at, "FROM") && !Is(at - 1, "DISTINCT"));
            if (isEnd || Is(at, ","))
            {
                columns.Add(Named(begin, at - 1));
                begin = at + 1;
            }
            else if (Is(at, "("))
            {
                at = EndOf(at);
            }

            if (isEnd)
                return columns;
        }
    }

    // What a column is called stands behind AS, or just behind what it is; one that is read as it is keeps its name.
    private (string Name, string Sql) Named(int first, int last)
    {
        var isNamed = last > first && !Is(last - 1, ".") && _tokens[last].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;
        var end = !isNamed ? last : Is(last - 1, "AS") ? last - 2 : last - 1;
        return (NameOf(_script, _tokens[last]), Sql(_tokens[first].Start, _tokens[end].End, isShort: true).Trim());
    }

    // The parenthesis that closes one.
    private int EndOf(int opening)
    {
        var depth = 0;
        for (var at = opening; at < _tokens.Count; at++)
        {
            depth += Is(at, "(") ? 1 : Is(at, ")") ? -1 : 0;
            if (depth == 0)
                return at;
        }

        throw new InvalidOperationException("The script has a parenthesis that nothing closes.");
    }

    private bool Is(int at, string text) =>
        at < _tokens.Count && _tokens[at].Kind is SqlTokenKind.Word or SqlTokenKind.Symbol
            && TextOf(_script, _tokens[at]).Equals(text, StringComparison.OrdinalIgnoreCase);

    // Without comments, and if it is to be short on one line.
    private string Sql(int start, int end, bool isShort) => string.Concat(
        SqlLexer.Read(_script[start..end]).Select(
            token => token.Kind switch
            {
                SqlTokenKind.Comment => _script[start + token.Start] == '-' ? string.Empty : " ",
                SqlTokenKind.Blank when isShort => " ",
                _ => _script.Substring(start + token.Start, token.Length),
            }));

    private static List<SqlToken> Significant(string sql) =>
        [.. SqlLexer.Read(sql).Where(token => token.Kind is not (SqlTokenKind.Blank or SqlTokenKind.Comment))];

    private static string NameOf(string sql, SqlToken token) => TextOf(sql, token).Trim('"');

    private static string TextOf(string sql, SqlToken token) => sql.Substring(token.Start, token.Length);
}
