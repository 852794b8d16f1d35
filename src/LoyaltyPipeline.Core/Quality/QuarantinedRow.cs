namespace LoyaltyPipeline.Core.Quality;

/// <summary>A source row that a run could not use.</summary>
/// <param name="RunId">The run.</param>
/// <param name="SourceTable">The source.</param>
/// <param name="RowKey">Its key, as COLUMN=value; null where the key could not be read.</param>
/// <param name="Rule">The rule it broke.</param>
/// <param name="Detail">What was wrong.</param>
/// <param name="IsOpen">Whether it still waits for a repair: no later run has judged a row of its key.</param>
public sealed record QuarantinedRow(string RunId, string SourceTable, string? RowKey, string Rule, string Detail, bool IsOpen);
