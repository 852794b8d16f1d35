using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>A statement that was understood.</summary>
internal interface IStatement
{
    /// <summary>What it is.</summary>
    StatementType Type { get; }

    /// <summary>Runs it.</summary>
    /// <param name="context">Where.</param>
    /// <returns>What it yields.</returns>
    /// <exception cref="Errors.SnowflakeError">It failed.</exception>
    ResultSet Execute(StatementContext context);
}
