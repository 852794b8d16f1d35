using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>A statement that makes, changes or drops something. It commits the open transaction first, and then itself.</summary>
internal abstract class DdlStatement : IStatement
{
    public StatementType Type => StatementType.Ddl;

    public ResultSet Execute(StatementContext context)
    {
        context.Session.Transaction.Commit();
        context.Engine.Locks.Release(context.Session);
        return ResultSet.Status(Apply(context));
    }

    /// <summary>Does it.</summary>
    /// <returns>What Snowflake says when it is done.</returns>
    protected abstract string Apply(StatementContext context);
}
