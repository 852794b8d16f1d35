using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>SELECT.</summary>
internal sealed class QueryStatement(IReadOnlyList<Token> query) : IStatement
{
    public StatementType Type => StatementType.Select;

    public ResultSet Execute(StatementContext context)
    {
        var (tokens, tables) = context.Translate(TableFunctions.Replace(query, context));
        var statement = DuckDbText.Statement(tokens);
        ResultSet? result = null;
        context.Work(tables, changes: null, locks: false, () => result = context.Query(statement));
        return result!;
    }
}
