namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>The run date D as the spans of time that the design speaks of.</summary>
public sealed class RunDay(DateOnly date)
{
    private readonly DateTime end = date.AddDays(1).ToDateTime(TimeOnly.MinValue);
    private readonly DateTime start30Days = date.AddDays(-29).ToDateTime(TimeOnly.MinValue);

    /// <summary>Before D + 1 day.</summary>
    public bool HasSeen(DateTime time) => time < end;

    public bool HasSeen(DateOnly other) => other <= date;

    /// <summary>In the 30 calendar days that end with D.</summary>
    public bool IsWithin30Days(DateTime? time) => time >= start30Days && time < end;
}
