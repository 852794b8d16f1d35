using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>UPDATE. A row that several rows of FROM meet is updated from any one of them and counted, or refused.</summary>
/// <param name="alias">Its alias; null where it has none.</param>
/// <param name="assignments">What SET says.</param>
/// <param name="from">What FROM says; empty where there is none.</param>
/// <param name="where">What WHERE says; empty where there is none.</param>
internal sealed class UpdateStatement(
    IReadOnlyList<string> target, string? alias, IReadOnlyList<Token> assignments, IReadOnlyList<Token> from, IReadOnlyList<Token> where)
        : IStatement
{
    public StatementType Type => StatementType.Update;

    public static UpdateStatement Parse(TokenReader reader)
    {
        var target = reader.TakeName();
        var alias = DmlText.TakeAlias(reader, "SET");
        reader.Expect("SET");
        var assignments = reader.TakeUntil(token => token.Is("FROM", "WHERE"));
        var from = reader.TakeUntil(token => token.Is("WHERE"));
        return new UpdateStatement(target, alias, assignments, from, reader.TakeRest());
    }

    public ResultSet Execute(StatementContext context)
    {
        var name = context.Session.Resolve(target);
        var table = Token.Raw($"{DmlText.Target(context, name).Value} AS {DuckDbText.Name(alias ?? name.Name)}");
        var (set, setTables) = context.Translate(assignments);
        var (tail, tailTables) = context.Translate([.. from, .. where]);
        var update = DuckDbText.Statement([Token.Raw("UPDATE"), table, Token.Raw("SET"), .. set, .. tail]);
        var joined = from.Count == 0 ? null : MultiJoined(context, table, alias ?? name.Name);
        var updated = 0L;
        var multiJoined = 0L;
        context.Work([name, .. setTables, .. tailTables], name, locks: true, () =>
        {
            var found = joined is null ? [0L, 0L] : context.Query(joined).Rows[0];
            multiJoined = Convert.ToInt64(found[0]);
            if (multiJoined > 0 && context.Session.Parameters.IsOn("ERROR_ON_NONDETERMINISTIC_UPDATE"))
                throw SnowflakeError.DuplicateRow("");
            // DuckDB counts a row as often as it is met.
            updated = context.Execute(update) - Convert.ToInt64(found[1]);
        });
        return ResultSet.Counts(("number of rows updated", updated), ("number of multi-joined rows updated", multiJoined));
    }

    private DuckDbStatement MultiJoined(StatementContext context, Token table, string name)
    {
        var (condition, _) = context.Translate(where);
        var (sources, _) = context.Translate(from);
        List<Token> query =
        [
            Token.Raw($"SELECT COUNT(*), COALESCE(SUM(n - 1), 0) FROM (SELECT {DuckDbText.Name(name)}.rowid AS r, COUNT(*) AS n FROM"),
            table,
            Token.Raw(","),
            .. sources.Skip(1),
            .. condition,
            Token.Raw("GROUP BY r HAVING n > 1)"),
        ];
        return DuckDbText.Statement(query);
    }
}
