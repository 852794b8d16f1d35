using System.Globalization;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>What looks like a day or a month in the name of a file, however it is spelled.</summary>
/// <param name="Text">How the name says it.</param>
/// <param name="Readings">What it may mean, as <c>yyyyMMdd</c> with 00 for the day of a month: nothing where there is no such day, several
/// where nobody knows whether day or month comes first.</param>
/// <param name="IsYearFirst">Whether the year comes first and a day last.</param>
/// <param name="End">Where the name goes on.</param>
internal sealed partial record SourceFileDay(string Text, IReadOnlyList<string> Readings, bool IsYearFirst, int End)
{
    /// <summary>Finds them. Behind the first one numbers are times and parts, unless they say a day with the year first.</summary>
    /// <param name="suffix">What follows the table in the name.</param>
    public static IEnumerable<SourceFileDay> Of(string suffix) =>
        Pattern().Matches(suffix).Select(match => Read(suffix, match)).OfType<SourceFileDay>()
            .Where((day, index) => index == 0 || day.IsYearFirst);

    private static SourceFileDay? Read(string suffix, Match match)
    {
        var end = match.Index + match.Length;
        if (match.Groups["bare"].Success)
            return ReadBare(match.Value, end);
        var (year, month) = (match.Groups["year"], match.Groups["month"]);
        if (match.Groups["day"] is { Success: true } day)
            return new SourceFileDay(match.Value, Days((year.Value, month.Value, day.Value)), IsYearFirst: true, end);
        if (month.Success)
            return new SourceFileDay(
                match.Value,
                int.Parse(month.ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= 12 ? [$"{year.Value}{month.Value}00"] : [],
                IsYearFirst: false, end);
        var (one, two) = (match.Groups["one"].Value, match.Groups["two"].Value);
        // Two numbers before a day look like day and month too: 01_02_2026_06_30.
        var next = Pattern().Match(suffix, year.Index);
        var further = next.Index == year.Index && next.Groups["day"].Success ? Read(suffix, next)!.Readings : [];
        return new SourceFileDay(
            match.Value, [.. Days((year.Value, two, one), (year.Value, one, two)).Union(further, StringComparer.Ordinal)],
            IsYearFirst: false, end);
    }

    // No count of parts gets as far as eight digits, but for one that is filled up with zeros.
    private static SourceFileDay? ReadBare(string text, int end)
    {
        var isYearFirst = IsOfOurTime(text);
        var (one, two, year) = (text[..2], text[2..4], text[4..]);
        IReadOnlyList<string> readings = [.. isYearFirst ? Days((text[..4], text[4..6], text[6..])) : [],
            .. IsOfOurTime(year) ? Days((year, two, one), (year, one, two)) : []];
        return readings.Count == 0 && text[0] == '0' ? null : new SourceFileDay(text, readings, isYearFirst, end);
    }

    private static bool IsOfOurTime(string year) =>
        year.StartsWith("19", StringComparison.Ordinal) || year.StartsWith("20", StringComparison.Ordinal);

    private static IReadOnlyList<string> Days(params IEnumerable<(string Year, string Month, string Day)> spelled) =>
    [
        .. spelled.Select(day => $"{day.Year}{day.Month.PadLeft(2, '0')}{day.Day.PadLeft(2, '0')}").Distinct(StringComparer.Ordinal)
            .Where(day => DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
    ];

    // 2026-06-30, 30.06.2026, 20260630, which a time may follow at once, 2026-06, 06-2026. What follows "part" is a number. Of one digit, a
    // day or month needs a year of this time beside it.
    [GeneratedRegex(
        """
        (?<![0-9T])
        (
            (?<year>[0-9]{4})(?<between>[_.-])(?<month>[0-9]{2})\k<between>(?<day>[0-9]{2})(?![0-9])
          | (?<year>(19|20)[0-9]{2})(?<between>[_.-])(?<month>[0-9]{1,2})\k<between>(?<day>[0-9]{1,2})(?![0-9])
          | (?<one>[0-9]{2})(?<between>[_.-])(?<two>[0-9]{2})\k<between>(?<year>[1-9][0-9]{3})(?![0-9])
          | (?<one>[0-9]{1,2})(?<between>[_.-])(?<two>[0-9]{1,2})\k<between>(?<year>(19|20)[0-9]{2})(?![0-9])
          | (?<!part[_-]?)(?<bare>[0-9]{8})(?![0-9])
          | (?<bare>(19|20)[0-9]{6})(?=[0-9]{4}([0-9]{2})?(?![0-9]))
          | (?<year>(19|20)[0-9]{2})[_.-](?<month>[0-9]{2})(?![0-9])
          | (?<month>0[1-9]|1[0-2])[_.-](?<year>(19|20)[0-9]{2})$
        )
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
