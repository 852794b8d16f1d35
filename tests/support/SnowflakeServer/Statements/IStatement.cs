using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>A statement that was understood.</summary>
internal interface IStatement
{
    StatementType Type { get; }

    /// <summary>Runs it.</summary>
    /// <exception cref="Errors.SnowflakeError">It failed.</exception>
    ResultSet Execute(StatementContext context);
}
