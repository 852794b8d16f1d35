using System.Globalization;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Short literals for dates and times, down to the microsecond.</summary>
internal static class Moments
{
    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTime Time(string text) =>
        DateTime.ParseExact(text, ["yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd"], CultureInfo.InvariantCulture);
}
