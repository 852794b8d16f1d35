using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>EXPLAIN of a query: it is compiled and not run, so names and types are looked at and values are not.</summary>
/// <param name="format">TABULAR or TEXT.</param>
internal sealed class ExplainStatement(string format, IReadOnlyList<Token> query) : IStatement
{
    private static readonly ResultColumn[] Tabular =
    [
        ResultColumn.Count("step"), ResultColumn.Count("id"), ResultColumn.Text("parentOperators"), ResultColumn.Text("operation"),
        ResultColumn.Text("objects"), ResultColumn.Text("alias"),
        ResultColumn.Text("expressions"), ResultColumn.Count("partitionsTotal"), ResultColumn.Count("partitionsAssigned"),
        ResultColumn.Count("bytesAssigned"),
    ];

    public StatementType Type => StatementType.Select;

    /// <summary>Reads what follows EXPLAIN.</summary>
    public static ExplainStatement Parse(TokenReader reader)
    {
        var format = "TABULAR";
        if (reader.TryTake("USING"))
            format = reader.TryTakeOneOf("TABULAR", "JSON", "TEXT")
                ?? throw (reader.Peek() is { } token ? SnowflakeError.Unexpected(token) : SnowflakeError.UnexpectedEnd());
        var statement = reader.TakeRest();
        if (statement.Count == 0)
            throw SnowflakeError.UnexpectedEnd();
        // Snowflake explains more than queries; what it would say of those cannot be told from here.
        if (format == "JSON" || StatementParser.Parse(statement) is not QueryStatement)
            throw new NotSupportedException("The test server explains queries, as a table or as text.");
        return new ExplainStatement(format, statement);
    }

    public ResultSet Execute(StatementContext context)
    {
        var (tokens, tables) = context.Translate(TableFunctions.Replace(query, context));
        var statement = DuckDbText.Statement([Token.Raw("EXPLAIN"), .. tokens]);
        context.Work(tables, changes: null, locks: false, () => context.Query(statement));
        return format == "TEXT"
            ? new ResultSet(
                [ResultColumn.Text("content")],
                [["GlobalStats:\n\tpartitionsTotal=1\n\tpartitionsAssigned=1\nOperations:\n1:0     ->Result\n"]])
            : new ResultSet(Tabular, [[1L, 0L, null, "Result", null, null, null, null, null, null]]);
    }
}
