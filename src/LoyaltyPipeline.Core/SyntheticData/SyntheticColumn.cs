namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>A column and the rules that its values keep.</summary>
internal sealed record SyntheticColumn(string Name, SyntheticColumnType Type)
{
    public bool IsKey { get; init; }

    public bool IsNullable { get; init; }

    /// <summary>Whether the latest value decides between rows of the same key.</summary>
    public bool IsEventTime { get; init; }

    public IReadOnlyList<string> Accepted { get; init; } = [];

    public int? Minimum { get; init; }

    public int? Maximum { get; init; }

    /// <summary>A column of the same row that is not below this one.</summary>
    public string? NotAbove { get; init; }
}
