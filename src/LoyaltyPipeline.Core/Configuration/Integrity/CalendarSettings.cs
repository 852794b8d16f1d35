namespace LoyaltyPipeline.Core.Configuration.Integrity;

/// <summary>The days that ought to be written.</summary>
/// <param name="Days">How many calendar days are looked at, back from the newest written one; earlier ones may have been thinned.</param>
/// <param name="WeekdaysOnly">Whether Saturdays and Sundays may be missing.</param>
public sealed record CalendarSettings(int Days = 30, bool WeekdaysOnly = false)
{
    /// <summary>Days that may be missing.</summary>
    public IReadOnlySet<DateOnly> MayBeMissing { get; init; } = new HashSet<DateOnly>();

    /// <summary>Whether a day ought to be written.</summary>
    /// <returns>False for days that may be missing.</returns>
    public bool IsExpected(DateOnly day) =>
        !MayBeMissing.Contains(day) && !(WeekdaysOnly && day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
}
