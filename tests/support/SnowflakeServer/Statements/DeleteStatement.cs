using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>DELETE.</summary>
/// <param name="rest">What follows it, from the alias on.</param>
internal sealed class DeleteStatement(IReadOnlyList<string> target, IReadOnlyList<Token> rest) : IStatement
{
    public StatementType Type => StatementType.Delete;

    public static DeleteStatement Parse(TokenReader reader)
    {
        reader.Expect("FROM");
        return new DeleteStatement(reader.TakeName(), reader.TakeRest());
    }

    public ResultSet Execute(StatementContext context)
    {
        var name = context.Session.Resolve(target);
        var (tokens, tables) = context.Translate(rest, usingIsFrom: true);
        var delete = DuckDbText.Statement([Token.Raw("DELETE FROM"), DmlText.Target(context, name), .. tokens]);
        var deleted = 0L;
        context.Work([name, .. tables], name, locks: true, () => deleted = context.Execute(delete));
        return ResultSet.Counts(("number of rows deleted", deleted));
    }
}
