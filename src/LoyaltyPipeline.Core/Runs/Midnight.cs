namespace LoyaltyPipeline.Core.Runs;

/// <summary>
/// Days as scripts are given them: PowerShell compares, subtracts and exports a DateTime, of a DateOnly it knows nothing.
/// </summary>
internal static class Midnight
{
    /// <summary>The day as the time at which it begins, of no particular zone.</summary>
    public static DateTime Of(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);

    /// <summary>The same of a day that may be missing.</summary>
    public static DateTime? Of(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue);

    /// <summary>The same of a value that may be a day; other values as they are.</summary>
    public static object? OfDay(object? value) => value is DateOnly day ? Of(day) : value;
}
