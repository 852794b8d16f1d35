namespace LoyaltyPipeline.Core.Engines;

/// <summary>Times as exactly as warehouses store them.</summary>
internal static class StoredTime
{
    /// <summary>Now, in UTC.</summary>
    public static DateTime Now => Truncate(DateTime.UtcNow);

    /// <summary>A time to the microsecond.</summary>
    public static DateTime Truncate(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
