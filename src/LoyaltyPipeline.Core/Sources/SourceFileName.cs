using System.Globalization;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>What the name of a file says: <c>USER_ACTIVITY_2026-06-30.csv.gz</c> is gzipped CSV of <c>USER_ACTIVITY</c>.</summary>
internal static partial class SourceFileName
{
    private static readonly Dictionary<string, SourceFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = SourceFormat.Csv,
        [".jsonl"] = SourceFormat.JsonLines,
        [".ndjson"] = SourceFormat.JsonLines,
        [".parquet"] = SourceFormat.Parquet,
    };

    // Formats that data is written in and that are not read.
    private static readonly string[] Foreign = [".json", ".avro", ".orc", ".xml", ".txt", ".xlsx"];

    // What programs that copy and download put behind the name until they have finished.
    private static readonly string[] InProgress = [".part", ".partial", ".filepart", ".tmp", ".crdownload", "._COPYING_"];

    /// <summary>
    /// Whether a file of the name is passed over without a word: marks and hidden files of other programs, and files that are still being
    /// copied. A hidden file that is named after a table all the same is not: somebody may wait for its rows.
    /// </summary>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static bool IsPassedOver(LoyaltyCatalog catalog, string path)
    {
        var name = Path.GetFileName(path);
        return IsHidden(path)
            ? FormatOf(name) is null || TableOf(catalog, name[1..]) is null
            : IsInProgress(path);
    }

    /// <summary>Whether a file of the name is still being copied or downloaded.</summary>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static bool IsInProgress(string path) =>
        Array.Exists(
            InProgress, end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase) && FormatOf(path[..^end.Length]) is not null);

    /// <summary>
    /// Whether a file of the name may be a part of a file of the format. Names of parts need not say the format, but none says another.
    /// </summary>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static bool IsPartOf(SourceFormat format, string path) =>
        (FormatOf(path) ?? format) == format
            && !Foreign.Contains(Path.GetExtension(WithoutCompression(path)), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What the name says of when the file was made, so that files are in order: the day, the time of day and further numbers, each with as
    /// many digits as any.
    /// </summary>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static string TimeOf(LoyaltyCatalog catalog, string path)
    {
        if (Split(catalog, path) is not (_, var suffix))
            return string.Empty;
        var day = SourceFileDay.Of(suffix).FirstOrDefault();
        var time = day is null ? Match.Empty : TimeAfterDay().Match(suffix, day.End);
        var rest = suffix[(time.Success ? time.Index + time.Length : day?.End ?? 0)..];
        return string.Join(
            ' ',
            Number().Matches(rest).Select(number => Padded(number.Value)).Prepend(Digits(time.Value).PadRight(6, '0'))
                .Prepend(day is { Readings: [var first, ..] } ? first : new string('0', 8)));

        static string Padded(string number) => number.PadLeft(20, '0');
    }

    /// <summary>Whether a file of the name is hidden, or a mark of another program.</summary>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static bool IsHidden(string path) => Path.GetFileName(path)[0] is '.' or '_';

    /// <summary>Whether a file of the name is gzipped.</summary>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The format that a name ends in; null where it is none.</summary>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static SourceFormat? FormatOf(string path)
    {
        if (!Formats.TryGetValue(Path.GetExtension(WithoutCompression(path)), out var format))
            return null;
        // Parquet is compressed inside; a gzipped one is a mistake of whoever made it.
        return format == SourceFormat.Parquet && IsCompressed(path) ? null : format;
    }

    /// <summary>
    /// The table that a name begins with; what follows may say the day, the time and the part. Null where it is none of the catalog's
    /// sources, or there is no such day or time, or more than one.
    /// </summary>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static CatalogTable? TableOf(LoyaltyCatalog catalog, string path) =>
        Split(catalog, path) is var (table, suffix) && WhatIsWrong(suffix) is null ? table : null;

    /// <summary>
    /// What is wrong with the day or time that a file of a table says, as in <c>USER_ACTIVITY_2026-13-45.csv</c> and, where nobody knows
    /// which day it is, <c>USER_ACTIVITY_05-06-2026.csv</c>; null where all is right, or it is of no table.
    /// </summary>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static string? WhatIsWrong(LoyaltyCatalog catalog, string path) =>
        Split(catalog, path) is var (_, suffix) ? WhatIsWrong(suffix) : null;

    private static (CatalogTable Table, string Suffix)? Split(LoyaltyCatalog catalog, string path)
    {
        var name = Path.GetFileNameWithoutExtension(WithoutCompression(path));
        if (catalog.FindSource(name) is { } whole)
            return (whole, string.Empty);
        for (var end = name.Length - 1; end > 0; end--)
        {
            if (Suffix().IsMatch(name.AsSpan(end)) && catalog.FindSource(name[..end]) is { } table)
                return (table, name[end..]);
        }

        return null;
    }

    private static string? WhatIsWrong(string suffix)
    {
        var days = SourceFileDay.Of(suffix).ToList();
        var impossible = days.Find(day => day.Readings.Count == 0)?.Text
            ?? TimePattern().Matches(suffix)
                .FirstOrDefault(
                    time => !TimeOnly.TryParseExact(
                        time.Groups["time"].Value, ["HHmm", "HHmmss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _))?.Value;
        return impossible is not null ? $"its name says {impossible}, a day, month or time that there is none of; a day is written 2026-06-30"
            : days.Find(
                day => day.Readings.Count > 1) is { } unclear ? $"its name says {unclear.Text}, which may be more than one day; a day is written 2026-06-30"
            : null;
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static string WithoutCompression(string path) => IsCompressed(path) ? Path.ChangeExtension(path, null) : path;

    // _2026-06-30, -20260630T0400Z, .part1, _02: numbers, each behind something that sets it apart.
    [GeneratedRegex(
        @"^([_.-]+(part[_-]?)?[0-9]+(T[0-9]+)?Z?)+$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Suffix();

    [GeneratedRegex(
        @"\G[T_.-]*([0-9]{2}[.:_-]?[0-9]{2}([.:_-]?[0-9]{2})?)(?![0-9])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeAfterDay();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(
        "((?<=[0-9])T|(?<![0-9])(19|20)[0-9]{6})(?<time>[0-9]{4}([0-9]{2})?)(?![0-9])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimePattern();
}
