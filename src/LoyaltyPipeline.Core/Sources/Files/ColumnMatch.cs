using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Matches the columns of a file with those of its table, by name, in any order and case.</summary>
internal static class ColumnMatch
{
    /// <summary>Matches.</summary>
    /// <param name="reporter">Hears of columns that are unknown or missing.</param>
    /// <param name="look">What a file looks like that lacks columns, as a sentence; null where nothing can be said.</param>
    /// <returns>By position in the file, the column of the catalog; null for one that is unknown.</returns>
    /// <exception cref="LoyaltyException"><c>SourceColumnMissing</c>; <c>SourceFileUnreadable</c>: a column of the table occurs
    /// twice.</exception>
    public static IReadOnlyList<CatalogColumn?> Match(
        SourceFile file, IReadOnlyList<string> names, IRunReporter reporter, Func<string?>? look = null)
    {
        var columns = names.Select(name => file.Table.FindColumn(name.Trim())).ToList();
        RefuseTwice(file, columns);
        var missing = file.Table.Columns.Except(columns.OfType<CatalogColumn>()).ToList();
        var required = missing.Where(column => !column.Nullable).Select(column => column.Name).ToList();
        // The names of a file without header are a row of data, and are not repeated.
        if (required.Count > 0)
            throw Lacks(file, required, columns, look?.Invoke(), RemedyOf(names));

        foreach (var column in missing)
            reporter.Warning($"{file.Name} has no column {column.Name}: it is stored as NULL.");
        WarnOfUnknown(file, [.. names.Zip(columns).Where(pair => pair.Second is null).Select(pair => pair.First.Trim())], reporter);
        return columns;
    }

    private static void RefuseTwice(SourceFile file, List<CatalogColumn?> columns)
    {
        for (var position = 0; position < columns.Count; position++)
        {
            if (columns[position] is not { } column || columns.IndexOf(column, position + 1) is not (>= 0 and var other))
                continue;
            // A name that the catalog does not know may be a value of a file without header, and somebody's.
            var what = file.HasOwnColumns ? "a name of columns" : $"the column {column.Name}";
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{file.Path} has {what} twice, as its columns {position + 1} and {other + 1}.", file.Path,
                "Have the file delivered with one column of the name.");
        }
    }

    private static LoyaltyException Lacks(
        SourceFile file, List<string> required, List<CatalogColumn?> columns, string? look, string? remedy)
    {
        var known = columns.OfType<CatalogColumn>().Select(column => column.Name).ToList();
        var has = known.Count > 0
            ? $"of its {columns.Count} columns the catalog knows {string.Join(", ", known)}"
            : $"the catalog knows none of its {columns.Count} columns";
        return LoyaltyErrors.SourceColumnMissing.Because(
            $"{file.Path} lacks {string.Join(", ", required)} of {file.Table}; {has}.{(look is null ? string.Empty : $" {look}")}",
            file.Path, remedy);
    }

    // The line by which one program tells itself what separates the values.
    private static string? RemedyOf(
        IReadOnlyList<string> names) => names.Count > 0 && names[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
        ? "Take out the line sep= before the header, and say by -Delimiter what separates the values."
        : null;

    private static void WarnOfUnknown(SourceFile file, List<string> unknown, IRunReporter reporter)
    {
        var named = unknown.Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (named.Count > 0)
            reporter.Warning($"{file.Name} has {Listed(named)}, which the catalog does not know: left out.");
        if (unknown.Count(name => name.Length == 0) is > 0 and var unnamed)
            reporter.Warning($"{file.Name} has {(unnamed == 1 ? "a column" : $"{unnamed} columns")} without a name: left out.");
    }

    // A file may have as many keys as it has lines.
    private static string Listed(List<string> names)
    {
        const int Shown = 10;
        var rest = names.Count > Shown ? $" and {names.Count - Shown} more" : string.Empty;
        return $"the column{(names.Count == 1 ? string.Empty : "s")} {string.Join(", ", names.Take(Shown))}{rest}";
    }
}
