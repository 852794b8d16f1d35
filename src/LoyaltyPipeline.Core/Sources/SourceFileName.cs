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

    /// <summary>Whether a file of the name is passed over without a word, as hidden files and the marks of other programs are.</summary>
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

    /// <summary>The table that a name begins with; what follows may say the day, the time and the part. Null where it is none of the catalog's sources.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="path">The name, or a path that ends with it.</param>
    public static CatalogTable? TableOf(LoyaltyCatalog catalog, string path)
    {
        var name = Path.GetFileNameWithoutExtension(WithoutCompression(path));
        if (catalog.FindSource(name) is { } whole)
            return whole;
        for (var end = name.Length - 1; end > 0; end--)
        {
            if (Suffix().IsMatch(name.AsSpan(end)) && catalog.FindSource(name[..end]) is { } table)
                return table;
        }

        return null;
    }

    private static string WithoutCompression(string path) => IsCompressed(path) ? Path.ChangeExtension(path, null) : path;

    // _2026-06-30, -20260630T0400Z, .part1, _02: numbers, each behind something that sets it apart.
    [GeneratedRegex(@"^([_.-]+(part[_-]?)?[0-9]+(T[0-9]+)?Z?)+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Suffix();
}
