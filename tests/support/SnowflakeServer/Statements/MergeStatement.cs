using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>MERGE. Several source rows for one target row are refused, unless all of them delete it.</summary>
/// <param name="alias">Its alias; null where it has none.</param>
/// <param name="source">What USING says, with USING.</param>
/// <param name="condition">What ON says.</param>
/// <param name="rest">The WHEN clauses as they stand.</param>
/// <param name="clauses">The WHEN clauses, read.</param>
internal sealed class MergeStatement(
    IReadOnlyList<string> target,
    string? alias,
    IReadOnlyList<Token> source,
    IReadOnlyList<Token> condition,
    IReadOnlyList<Token> rest,
    IReadOnlyList<MergeClause> clauses) : IStatement
{
    public StatementType Type => StatementType.Merge;

    public static MergeStatement Parse(TokenReader reader)
    {
        reader.Expect("INTO");
        var target = reader.TakeName();
        var alias = DmlText.TakeAlias(reader, "USING");
        if (reader.Peek()?.Is("USING") != true)
            reader.Expect("USING");
        var source = reader.TakeUntil(token => token.Is("ON"));
        reader.Expect("ON");
        var condition = reader.TakeUntil(token => token.Is("WHEN"));
        var clausesAt = reader.Position;
        var clauses = new List<MergeClause>();
        while (!reader.IsAtEnd)
        {
            reader.Expect("WHEN");
            clauses.Add(MergeClause.Parse(reader));
        }

        if (clauses.Count == 0)
            throw SnowflakeError.UnexpectedEnd();
        reader.Position = clausesAt;
        return new MergeStatement(target, alias, source, condition, reader.TakeRest(), clauses);
    }

    public ResultSet Execute(StatementContext context)
    {
        var name = context.Session.Resolve(target);
        var table = Token.Raw($"{DmlText.Target(context, name).Value} AS {DuckDbText.Name(alias ?? name.Name)}");
        var (using_, tables) = context.Translate(source, usingIsFrom: true);
        var (on, onTables) = context.Translate(condition);
        var (when, whenTables) = context.Translate(rest);
        var merge = DuckDbText.Statement(
            [Token.Raw("MERGE INTO"), table, .. using_, Token.Raw("ON"), .. on, .. when, Token.Raw("RETURNING merge_action")]);
        var duplicates = Duplicates(context, table, alias ?? name.Name, using_, on);
        ResultSet? actions = null;
        context.Work([name, .. tables, .. onTables, .. whenTables], name, locks: true, () =>
        {
            if (duplicates is not null && context.Query(duplicates).Rows is [var found])
                throw SnowflakeError.DuplicateRow(string.Join(", ", found.Select(value => value ?? "NULL")));
            actions = context.Query(merge);
        });
        return Count(actions!);
    }

    /// <summary>Finds a target row that the source would change more than once; null where no clause can.</summary>
    private DuckDbStatement? Duplicates(
        StatementContext context, Token table, string name, IReadOnlyList<Token> using_, IReadOnlyList<Token> on)
    {
        if (!clauses.Any(clause => clause.Action == "UPDATE") || !context.Session.Parameters.IsOn("ERROR_ON_NONDETERMINISTIC_MERGE"))
            return null;
        List<Token> action = [Token.Raw("CASE")];
        foreach (var clause in clauses.Where(clause => clause.Action != "INSERT"))
        {
            var when = clause.Condition.Count == 0 ? [Token.Raw("TRUE")] : context.Translate(clause.Condition).Tokens;
            action.AddRange([Token.Raw("WHEN"), .. when, Token.Raw($"THEN '{clause.Action}'")]);
        }

        action.Add(Token.Raw("END"));
        var row = DuckDbText.Name(name);
        return DuckDbText.Statement(
        [
            Token.Raw($"SELECT any_value(v) FROM (SELECT {row}.rowid AS r, {row}::VARCHAR AS v,"),
            .. action,
            Token.Raw("AS a FROM"),
            table,
            Token.Raw("JOIN"),
            .. using_.Skip(1),
            Token.Raw("ON"),
            .. on,
            Token.Raw(") WHERE a IS NOT NULL GROUP BY r HAVING COUNT(*) > 1 AND bool_or(a = 'UPDATE') LIMIT 1"),
        ]);
    }

    private ResultSet Count(ResultSet actions)
    {
        var counts = actions.Rows.CountBy(row => (string)row[0]!).ToDictionary(StringComparer.Ordinal);
        (string Action, string Name)[] columns = [("INSERT", "number of rows inserted"), ("UPDATE", "number of rows updated"),
            ("DELETE", "number of rows deleted")];
        return ResultSet.Counts(
        [
            .. columns.Where(column => clauses.Any(clause => clause.Action == column.Action))
                .Select(column => (column.Name, (long)counts.GetValueOrDefault(column.Action))),
        ]);
    }
}
