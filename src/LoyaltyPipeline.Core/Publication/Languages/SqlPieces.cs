using LoyaltyPipeline.Core.Publication.Names;
using LoyaltyPipeline.Core.Publication.Words;

namespace LoyaltyPipeline.Core.Publication.Languages;

/// <summary>
/// What is to be renamed in SQL: every name that is no word of the language, texts but those that the language needs, comments line by
/// line.
/// </summary>
internal sealed class SqlPieces(NameRules rules)
{
    private static readonly HashSet<string> BeforeTables = new(StringComparer.OrdinalIgnoreCase)
    {
        "from", "join", "into", "update", "table", "view", "exists", "references", "using", "describe",
    };

    private static readonly HashSet<string> BeforeSchemas = new(StringComparer.OrdinalIgnoreCase) { "schema", "database", "use" };

    // What stands behind these is a time, a length of time, or a zone.
    private static readonly HashSet<string> BeforeTimes = new(StringComparer.OrdinalIgnoreCase)
    {
        "interval", "date", "timestamp", "timestamptz", "time", "zone", "timestamp_ntz", "timestamp_ltz", "timestamp_tz",
    };

    private readonly LiteralPieces _literals = new(rules);
    private readonly NotePieces _notes = new(rules);

    /// <summary>The pieces of a stretch of a text, in their order.</summary>
    public IEnumerable<Piece> Of(string text, int start, int end)
    {
        var sql = text[start..end];
        var tokens = SqlLexer.Read(sql).ToList();
        var meaning = tokens.Where(token => token.Kind is not (SqlTokenKind.Blank or SqlTokenKind.Comment)).ToList();
        var at = -1;
        foreach (var token in tokens)
        {
            if (token.Kind is SqlTokenKind.Blank)
                continue;
            if (token.Kind is not SqlTokenKind.Comment)
                at++;
            foreach (var piece in Of(sql, token, meaning, at))
                yield return piece.Shifted(start);
        }
    }

    private IEnumerable<Piece> Of(string sql, SqlToken token, List<SqlToken> meaning, int at) => token.Kind switch
    {
        SqlTokenKind.Comment => _notes.Of(sql, token.Start, token.End),
        SqlTokenKind.Word => _literals.Name(sql, token.Start, token.End, KindOf(sql, meaning, at)),
        SqlTokenKind.QuotedName => _literals.Name(sql, token.Start + 1, Inside(sql, token, '"'), KindOf(sql, meaning, at)),
        SqlTokenKind.Placeholder => OfPlaceholder(sql, token),
        SqlTokenKind.Body => OfBody(sql, token),
        SqlTokenKind.Text when BeforeTimes.Contains(WordAt(sql, meaning, at - 1)) => [],
        SqlTokenKind.Text => _literals.Of(sql, token.Start + 1, Inside(sql, token, '\''), NameKind.Text),
        _ => [],
    };

    private static int Inside(string sql, SqlToken token, char quote) =>
        token.Length > 1 && sql[token.End - 1] == quote ? token.End - 1 : token.End;

    private IEnumerable<Piece> OfPlaceholder(string sql, SqlToken token)
    {
        var end = token.End - 1;
        var point = sql.IndexOf('.', token.Start, token.Length);
        for (var start = token.Start + 1; start < end; start = point + 1, point = sql.IndexOf('.', start, Math.Max(0, end - start)))
        {
            var stop = point < 0 ? end : point;
            foreach (var piece in _literals.Name(sql, start, stop, point < 0 ? NameKind.Table : NameKind.Schema))
                yield return piece;
            if (point < 0)
                yield break;
        }
    }

    private IEnumerable<Piece> OfBody(string sql, SqlToken token)
    {
        var mark = sql.IndexOf('$', token.Start + 1) + 1 - token.Start;
        var isClosed = token.Length >= 2 * mark && sql.AsSpan(token.End - mark, mark).SequenceEqual(sql.AsSpan(token.Start, mark));
        return Of(sql, token.Start + mark, isClosed ? token.End - mark : token.End);
    }

    private static NameKind KindOf(string sql, List<SqlToken> meaning, int at)
    {
        if (SymbolAt(sql, meaning, at + 1) == '.')
            return Chain(sql, meaning, at) is var first && IsAmongTables(sql, meaning, first) ? NameKind.Schema : NameKind.Alias;
        var begin = Chain(sql, meaning, at);
        if (IsAmongTables(sql, meaning, begin))
            return NameKind.Table;
        if (BeforeSchemas.Contains(WordAt(sql, meaning, begin - 1)))
            return NameKind.Schema;
        var isAs = WordAt(sql, meaning, at + 1).Equals("as", StringComparison.OrdinalIgnoreCase) && SymbolAt(sql, meaning, at + 2) == '(';
        return isAs || IsAliasOfTable(sql, meaning, at) ? NameKind.Alias : NameKind.Column;
    }

    // Where the names begin that points join to the one at a place.
    private static int Chain(string sql, List<SqlToken> meaning, int at)
    {
        while (SymbolAt(sql, meaning, at - 1) == '.' && at >= 2)
            at -= 2;
        return at;
    }

    private static bool IsAmongTables(string sql, List<SqlToken> meaning, int first) =>
        BeforeTables.Contains(WordAt(sql, meaning, first - 1));

    private static bool IsAliasOfTable(string sql, List<SqlToken> meaning, int at)
    {
        var before = WordAt(sql, meaning, at - 1).Equals("as", StringComparison.OrdinalIgnoreCase) ? at - 2 : -1;
        return before >= 0
            && (meaning[before].Kind == SqlTokenKind.Placeholder || IsAmongTables(sql, meaning, Chain(sql, meaning, before)));
    }

    private static string WordAt(string sql, List<SqlToken> meaning, int at) =>
        at >= 0 && at < meaning.Count && meaning[at].Kind == SqlTokenKind.Word
            ? sql.Substring(meaning[at].Start, meaning[at].Length)
            : string.Empty;

    private static char SymbolAt(string sql, List<SqlToken> meaning, int at) =>
        at >= 0 && at < meaning.Count && meaning[at].Kind == SqlTokenKind.Symbol ? sql[meaning[at].Start] : '\0';
}
