using LoyaltyPipeline.SnowflakeSupport.Results;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>INSERT.</summary>
/// <param name="columns">The list of columns with its parentheses; empty where there is none.</param>
/// <param name="source">The query or the values.</param>
/// <param name="overwrites">Whether the rows that are there go first.</param>
internal sealed class InsertStatement(
    IReadOnlyList<string> target, IReadOnlyList<Token> columns, IReadOnlyList<Token> source, bool overwrites) : IStatement
{
    public StatementType Type => StatementType.Insert;

    public static InsertStatement Parse(TokenReader reader)
    {
        var overwrites = reader.TryTake("OVERWRITE");
        reader.Expect("INTO");
        var target = reader.TakeName();
        List<Token> columns = [];
        if (reader.Peek()?.IsSymbol("(") == true && reader.Peek(1)?.Is("SELECT", "WITH") != true)
        {
            var inner = reader.TakeParenthesized();
            columns = [new Token(TokenKind.Symbol, "("), .. inner, new Token(TokenKind.Symbol, ")")];
        }

        if (reader.Peek() is { } next && !next.Is("SELECT", "WITH", "VALUES") && !next.IsSymbol("("))
            throw Errors.SnowflakeError.Unexpected(next);
        return new InsertStatement(target, columns, reader.TakeRest(), overwrites);
    }

    public ResultSet Execute(StatementContext context)
    {
        var name = context.Session.Resolve(target);
        var (tokens, tables) = context.Translate(source);
        var insert = DuckDbText.Statement([Token.Raw("INSERT INTO"), DmlText.Target(context, name), .. columns, .. tokens]);
        var inserted = 0L;
        context.Work([name, .. tables], name, locks: overwrites, () =>
        {
            if (overwrites)
                context.Execute($"DELETE FROM {DmlText.Target(context, name).Value}");
            inserted = context.Execute(insert);
        });
        return ResultSet.Counts(("number of rows inserted", inserted));
    }
}
