namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>A source row that a run could not use.</summary>
public sealed class QuarantinedRow(string runId, string sourceTable, string? rowKey, string rule, string detail, bool isOpen)
{
    /// <summary>The run.</summary>
    public string RunId { get; } = runId;

    /// <summary>The source.</summary>
    public string SourceTable { get; } = sourceTable;

    /// <summary>Its key, as COLUMN=value; null where the key could not be read.</summary>
    public string? RowKey { get; } = rowKey;

    /// <summary>The rule it broke.</summary>
    public string Rule { get; } = rule;

    /// <summary>What was wrong.</summary>
    public string Detail { get; } = detail;

    /// <summary>Whether it still waits for a repair: no later run has judged a row of its key.</summary>
    public bool IsOpen { get; } = isOpen;
}
