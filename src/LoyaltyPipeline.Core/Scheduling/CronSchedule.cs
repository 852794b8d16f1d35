using System.Globalization;
using Cronos;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>When a job starts: the five fields of cron, with the same meaning for whatever starts it.</summary>
public sealed class CronSchedule
{
    private const int FieldCount = 5;
    private const int DayField = 2;
    private const int WeekdayField = 4;

    private readonly CronExpression _expression;

    private CronSchedule(CronExpression expression, IReadOnlyList<IReadOnlyList<int>?> fields)
    {
        _expression = expression;
        (Minutes, Hours, Days, Months, Weekdays) = (fields[0], fields[1], fields[DayField], fields[3], fields[WeekdayField]);
    }

    /// <summary>The five fields, each a star or the values in order: every cron reads it alike.</summary>
    public string Text => _expression.ToString();

    /// <summary>The minutes; null for each.</summary>
    internal IReadOnlyList<int>? Minutes { get; }

    /// <summary>The hours; null for each.</summary>
    internal IReadOnlyList<int>? Hours { get; }

    /// <summary>The days of the month; null for each.</summary>
    internal IReadOnlyList<int>? Days { get; }

    /// <summary>The months; null for each.</summary>
    internal IReadOnlyList<int>? Months { get; }

    /// <summary>The weekdays, Sunday being 0; null for each.</summary>
    internal IReadOnlyList<int>? Weekdays { get; }

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">Five fields, such as <c>0 4 * * *</c>.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="LoyaltyException"><c>ScheduleInvalid</c>.</exception>
    public static CronSchedule Parse(string text)
    {
        var given = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (given.Length != FieldCount)
            throw Invalid(text, $"it has {given.Length} fields, not five");
        // Of both, cron takes days that fit either, and others those that fit both.
        if (!IsStar(given[DayField]) && !IsStar(given[WeekdayField]))
        {
            throw Invalid(
                text, "it names days of the month and weekdays, of which some take either and some both",
                "Let one of the two be a star, or register two jobs.");
        }

        var expression = Read(text, string.Join(' ', given));
        var fields = expression.ToString().Split(' ');
        if (Array.Find(fields, field => !field.All(letter => char.IsAsciiDigit(letter) || letter is ',' or '*')) is { } unusual)
            throw Invalid(text, $"'{unusual}' is not understood by every cron");
        var schedule = new CronSchedule(expression, [.. fields.Select(Values)]);
        return schedule.NextAfter(DateTime.UtcNow, TimeZoneInfo.Utc) is null ? throw Invalid(text, "there is no such day") : schedule;
    }

    /// <summary>When it is due next.</summary>
    /// <param name="time">The time after which, in UTC.</param>
    /// <param name="zone">Whose clock it goes by.</param>
    /// <returns>The time in UTC; null where there is none.</returns>
    public DateTime? NextAfter(DateTime time, TimeZoneInfo zone) => _expression.GetNextOccurrence(time, zone);

    private static bool IsStar(string field) => field is "*" or "?";

    private static IReadOnlyList<int>? Values(string field) =>
        field == "*" ? null : [.. field.Split(',').Select(value => int.Parse(value, CultureInfo.InvariantCulture))];

    private static CronExpression Read(string text, string fields)
    {
        try
        {
            return CronExpression.Parse(fields);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or MissingSeedException)
        {
            throw Invalid(text, exception.Message.TrimEnd('.'), cause: exception);
        }
    }

    private static LoyaltyException Invalid(string text, string why, string? remedy = null, Exception? cause = null) =>
        LoyaltyErrors.ScheduleInvalid.Because($"'{text}' is no schedule: {why}.", text, remedy, cause);
}
