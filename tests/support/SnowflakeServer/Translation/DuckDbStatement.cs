namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>A statement in DuckDB's words.</summary>
/// <param name="Sql">Its text.</param>
/// <param name="Parameters">Which parameter of the client each question mark stands for, from 0.</param>
internal sealed record DuckDbStatement(string Sql, IReadOnlyList<int> Parameters);
