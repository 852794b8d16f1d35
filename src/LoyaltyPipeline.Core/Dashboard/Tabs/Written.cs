using System.Globalization;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Figures as they are written, whatever the culture of who makes the page.</summary>
internal static class Written
{
    private const double Kilobyte = 1000;

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Change(long value) => value.ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string? Day(DateOnly? day) => day is { } value ? Day(value) : null;

    public static string? Time(DateTime? time) => time is { } value ? Time(value) : null;

    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s");

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte / Kilobyte / Kilobyte:0.0} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte / Kilobyte:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte:0.0} kB"),
    };

    /// <summary>"1 check", "2 checks".</summary>
    public static string Count(long count, string one) => $"{Number(count)} {one}{(count == 1 ? string.Empty : "s")}";

    /// <summary>A figure without the digits that nobody reads: three of a fraction, none of thousands.</summary>
    public static double Short(double value) => Math.Round(value, Math.Abs(value) switch
    {
        >= 1000 => 0,
        >= 10 => 1,
        >= 1 => 2,
        _ => 4,
    });
}
