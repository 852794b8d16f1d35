namespace LoyaltyPipeline.SnowflakeSupport.Faults;

/// <summary>Something that goes wrong on purpose.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>What the statement's text must contain, whatever its case; empty for any statement.</summary>
    public string TextContains { get; init; } = "";

    /// <summary>How many such statements pass first.</summary>
    public int Skip { get; init; }

    /// <summary>How many such statements it meets after those.</summary>
    public int Times { get; init; } = 1;
}
