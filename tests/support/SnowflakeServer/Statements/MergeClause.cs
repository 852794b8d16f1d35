using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>A WHEN clause of a MERGE.</summary>
/// <param name="Action">INSERT, UPDATE or DELETE.</param>
/// <param name="Condition">What follows AND; empty where nothing does.</param>
internal sealed record MergeClause(string Action, IReadOnlyList<Token> Condition)
{
    /// <summary>Reads a clause after its WHEN.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="Errors.SnowflakeError">Snowflake has no such clause.</exception>
    public static MergeClause Parse(TokenReader reader)
    {
        var isMatched = !reader.TryTake("NOT");
        reader.Expect("MATCHED");
        IReadOnlyList<Token> condition = reader.TryTake("AND") ? reader.TakeUntil(token => token.Is("THEN")) : [];
        reader.Expect("THEN");
        var action = reader.Take();
        if (!(isMatched ? action.Is("UPDATE", "DELETE") : action.Is("INSERT")))
            throw Errors.SnowflakeError.Unexpected(action);
        if (action.Is("UPDATE") && !reader.TryTake("SET") && !reader.TryTake("ALL", "BY", "NAME"))
            throw reader.Peek() is { } next ? Errors.SnowflakeError.Unexpected(next) : Errors.SnowflakeError.UnexpectedEnd();
        reader.TakeUntil(token => token.Is("WHEN"));
        return new MergeClause(action.Value, condition);
    }
}
