using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>SELECT SYSTEM$EXPLAIN_PLAN_JSON(text): the text is compiled as a statement of its own and not run.</summary>
/// <param name="text">A text or a question mark.</param>
internal sealed class DescribeTextStatement(Token text) : IStatement
{
    private const string Function = "SYSTEM$EXPLAIN_PLAN_JSON";
    private const string Plan =
        """{"GlobalStats":{"partitionsTotal":1,"partitionsAssigned":1},"Operations":[[{"id":0,"operation":"Result"}]]}""";

    public StatementType Type => StatementType.Select;

    /// <summary>Whether a query is just that.</summary>
    public static DescribeTextStatement? Find(IReadOnlyList<Token> query) =>
        query is [_, var function, var open, { Kind: TokenKind.Text or TokenKind.Parameter } text, var close] && function.Is(Function)
            && open.IsSymbol("(") && close.IsSymbol(")") ? new DescribeTextStatement(text) : null;

    public ResultSet Execute(StatementContext context)
    {
        var statements = StatementParser.Split(Tokenizer.Tokenize(text.Kind == TokenKind.Text ? text.Value : context.TextOf(text)));
        if (statements.Count != 1)
            throw new SnowflakeError(
                "000008", "0A000", $"Actual statement count {statements.Count} did not match the desired statement count 1.");
        ExplainStatement.Parse(new TokenReader(statements[0])).Execute(context);
        return new ResultSet([ResultColumn.Text(Function)], [[Plan]]);
    }
}
