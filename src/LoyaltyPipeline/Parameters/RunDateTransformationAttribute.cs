using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Parameters;

/// <summary>
/// Takes a day as <c>1998-06-30</c>, DateTime or DateTimeOffset, of which a time of day is left out, or DateOnly, and the text that
/// PowerShell makes of a day in a string, which is the same under every culture: <c>06/30/1998 00:00:00</c>. Other spellings are refused:
/// what 06/07/1998 means depends on who reads it. Under a culture that spells days so, with the day first, that text is refused too: it may
/// be of either.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RunDateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>How a day is written.</summary>
    internal const string DayFormat = "yyyy-MM-dd";

    private const string InString = "MM/dd/yyyy 00:00:00";

    private static readonly DateTime DayBeforeMonth = new(1998, 7, 6);

    /// <summary>Whether several days are taken.</summary>
    public bool TakesSeveral { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var notes = new List<BindingNote>();
        var bound = Transform(inputData, notes);
        if (notes.Count > 0)
            BindingNotes.Add(bound, notes);
        return bound;
    }

    private object Transform(object? inputData, List<BindingNote> notes) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            IList { Count: 1 } days when !TakesSeveral => Transform(days[0], notes),
            IList days when !TakesSeveral => throw new ArgumentTransformationMetadataException(
                $"One day is wanted, and {days.Count} were given."),
            IList days => days.Cast<object?>().Select(day => (DateOnly)Transform(day, notes)).ToArray(),
            DateOnly day => day,
            DateTime { Kind: DateTimeKind.Local } time when time.TimeOfDay != TimeSpan.Zero => OfLocal(new DateTimeOffset(time), notes),
            DateTime time => DateOnly.FromDateTime(time),
            DateTimeOffset { Offset.Ticks: not 0 } time => OfLocal(time, notes),
            DateTimeOffset time => DateOnly.FromDateTime(time.DateTime),
            string text when TryParse(text, DayFormat, out var day) => day,
            string text when TryParse(text, InString, out var day) => !IsAmbiguousHere
                ? day
                : throw new ArgumentTransformationMetadataException(
                    $"'{text}' can be read with the day or the month first; write the day as {DayFormat}, for example 1998-06-30."),
            // A day computed by a step that failed must not turn into today.
            var other => throw new ArgumentTransformationMetadataException(
                $"'{other}' is not a day; write it as {DayFormat}, for example 1998-06-30."),
        };

    // Export-Csv and ToString() spell a day by the culture, a string in double quotes does not.
    private static bool IsAmbiguousHere => DayBeforeMonth.ToString(CultureInfo.CurrentCulture) == "06/07/1998 00:00:00";

    private static bool TryParse(string text, string format, out DateOnly day) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    // The day of a clock on the wall is meant, but days of the pipeline are UTC's: it is said which one was taken, and is a warning where
    // those differ.
    private static DateOnly OfLocal(DateTimeOffset time, List<BindingNote> notes)
    {
        var (day, utc) = (DateOnly.FromDateTime(time.DateTime), DateOnly.FromDateTime(time.UtcDateTime));
        var taken = string.Create(
            CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm} local time is taken as the day {day:yyyy-MM-dd} (UTC)");
        notes.Add(
            new BindingNote(
                utc == day ? $"{taken}." : string.Create(CultureInfo.InvariantCulture, $"{taken}; by UTC it is {utc:yyyy-MM-dd}."),
                IsWarning: utc != day));
        return day;
    }
}
