using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>SET and UNSET of a session variable.</summary>
/// <param name="value">The expression; null to unset it.</param>
internal sealed class SetStatement(string name, IReadOnlyList<Token>? value) : IStatement
{
    public StatementType Type => StatementType.Set;

    /// <summary>Reads what follows the verb.</summary>
    public static SetStatement Parse(bool sets, TokenReader reader)
    {
        var name = reader.TakeName()[0];
        if (!sets)
            return new SetStatement(name, null);
        reader.ExpectSymbol("=");
        return new SetStatement(name, reader.TakeRest());
    }

    public ResultSet Execute(StatementContext context)
    {
        string? literal = null;
        if (value is not null)
        {
            var statement = DuckDbText.Statement(
                [Token.Raw("SELECT CAST(("), .. context.Translate(value).Tokens, Token.Raw(") AS VARCHAR), typeof("),
                    .. context.Translate(value).Tokens, Token.Raw(")")]);
            var row = context.Query(statement).Rows[0];
            literal = row[0] is null ? "NULL" : $"CAST({DuckDbText.Literal((string)row[0]!)} AS {row[1]})";
        }

        context.Session.SetVariable(name, literal);
        return ResultSet.Status("Statement executed successfully.");
    }
}
