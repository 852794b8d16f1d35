using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LoyaltyPipeline.Parameters;

/// <summary>
/// Takes a day as <c>1998-06-30</c>, DateTime, of which a time of day is left out, or DateOnly, and the text that PowerShell makes of a day in a string, which is the same under
/// every culture: <c>06/30/1998 00:00:00</c>. Other spellings are refused: what 06/07/1998 means depends on who reads it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RunDateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>How a day is written.</summary>
    internal const string DayFormat = "yyyy-MM-dd";

    private static readonly string[] Formats = [DayFormat, "MM/dd/yyyy 00:00:00"];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            IList days => days.Cast<object>().Select(day => (DateOnly)Transform(engineIntrinsics, day)!).ToArray(),
            DateOnly day => day,
            DateTime time => OfLocal(engineIntrinsics, time),
            DateTimeOffset time => DateOnly.FromDateTime(time.DateTime),
            string text when DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
            // A day computed by a step that failed must not turn into today.
            var other => throw new ArgumentTransformationMetadataException($"'{other}' is not a day; write it as {DayFormat}, for example 1998-06-30."),
        };

    // The day of a clock on the wall is meant, but days of the pipeline are UTC's: where those differ, it is said which one was taken.
    private static DateOnly OfLocal(EngineIntrinsics engineIntrinsics, DateTime time)
    {
        var day = DateOnly.FromDateTime(time);
        if (time.Kind == DateTimeKind.Local && time.TimeOfDay != TimeSpan.Zero && DateOnly.FromDateTime(time.ToUniversalTime()) is var utc && utc != day)
            engineIntrinsics?.Host.UI.WriteWarningLine(string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm} local time is taken as the day {day:yyyy-MM-dd} (UTC); by UTC it is {utc:yyyy-MM-dd}."));
        return day;
    }
}
