namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>How many rows of a source one rule rejected.</summary>
public sealed class RejectedRows(string sourceTable, string rule, long rows)
{
    /// <summary>The source, as the catalog names it.</summary>
    public string SourceTable { get; } = sourceTable;

    /// <summary>The rule.</summary>
    public string Rule { get; } = rule;

    /// <summary>The rows.</summary>
    public long Rows { get; } = rows;

    /// <summary>For example <c>DW_A.USER_PROFILE not_null: 3</c>.</summary>
    public override string ToString() => $"{SourceTable} {Rule}: {Rows}";
}
