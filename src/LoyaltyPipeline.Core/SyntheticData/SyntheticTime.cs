namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Inside the generator instants are whole seconds and days whole days since 1970-01-01.</summary>
internal static class SyntheticTime
{
    public const int SecondsPerDay = 86_400;

    private static readonly int EpochDayNumber = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static int ToDay(DateOnly date) => date.DayNumber - EpochDayNumber;

    public static int DayOf(long second) => (int)(second / SecondsPerDay);

    public static DateOnly ToDate(int day) => DateOnly.FromDayNumber(day + EpochDayNumber);

    public static DateTime ToTimestamp(long second) =>
        new(DateTime.UnixEpoch.Ticks + (second * TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);
}
