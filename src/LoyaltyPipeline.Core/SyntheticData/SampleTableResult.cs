using System.Collections.ObjectModel;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>What was written into one source table.</summary>
public sealed class SampleTableResult(string table, long rows, IReadOnlyDictionary<string, long> planted)
{
    /// <summary>The table, such as <c>DW_A.USER_ACTIVITY</c>.</summary>
    public string Table { get; } = table;

    /// <summary>All rows, planted ones included.</summary>
    public long Rows { get; } = rows;

    /// <summary>Rows to be rejected, by rule (<c>null_key</c>, <c>not_null</c>, …); empty in a clean sample.</summary>
    public ReadOnlyDictionary<string, long> Planted { get; } = planted.ToDictionary(StringComparer.Ordinal).AsReadOnly();

    /// <summary>For example <c>DW_A.USER_PROFILE: 1000</c>.</summary>
    public override string ToString() => $"{Table}: {Rows}";
}
