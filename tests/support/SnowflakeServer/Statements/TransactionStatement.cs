using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>BEGIN, COMMIT and ROLLBACK.</summary>
/// <param name="type">Which of them.</param>
internal sealed class TransactionStatement(StatementType type) : IStatement
{
    public StatementType Type => type;

    public ResultSet Execute(StatementContext context)
    {
        var transaction = context.Session.Transaction;
        try
        {
            switch (type)
            {
                case StatementType.Begin:
                    transaction.Open();
                    break;
                case StatementType.Commit:
                    transaction.Commit();
                    break;
                default:
                    transaction.Rollback();
                    break;
            }
        }
        finally
        {
            if (!transaction.IsOpen)
                context.Engine.Locks.Release(context.Session);
        }

        return ResultSet.Status("Statement executed successfully.");
    }
}
