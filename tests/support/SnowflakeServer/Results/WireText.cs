using System.Globalization;
using System.Numerics;

namespace LoyaltyPipeline.SnowflakeSupport.Results;

/// <summary>Writes values as Snowflake sends them.</summary>
internal static class WireText
{
    private const long NanosecondsPerTick = 100;

    /// <summary>A value as text.</summary>
    /// <param name="value">The value; null for NULL.</param>
    /// <returns>The text; null for NULL.</returns>
    public static string? Of(object? value, ResultColumn column) => value switch
    {
        null => null,
        bool truth => truth ? "1" : "0",
        decimal number => number.ToString($"F{column.Scale}", CultureInfo.InvariantCulture),
        BigInteger big => big.ToString(CultureInfo.InvariantCulture),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        DateTime date when column.Kind == ColumnKind.Date => ((date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay).ToString(
            CultureInfo.InvariantCulture),
        DateTime time => Seconds(time.Ticks - DateTime.UnixEpoch.Ticks),
        TimeSpan time => Seconds(time.Ticks),
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Snowflake's name of a kind.</summary>
    public static string NameOf(ColumnKind kind) => kind switch
    {
        ColumnKind.TimestampNtz => "timestamp_ntz",
        ColumnKind.TimestampLtz => "timestamp_ltz",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string Seconds(long ticks)
    {
        var (seconds, fraction) = long.DivRem(ticks, TimeSpan.TicksPerSecond);
        if (fraction < 0)
            (seconds, fraction) = (seconds - 1, fraction + TimeSpan.TicksPerSecond);
        return $"{seconds}.{fraction * NanosecondsPerTick:D9}";
    }
}
