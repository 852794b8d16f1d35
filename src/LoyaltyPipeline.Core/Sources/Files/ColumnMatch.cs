using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Matches the columns of a file with those of its table, by name, in any order and case.</summary>
internal static class ColumnMatch
{
    /// <summary>Matches.</summary>
    /// <param name="file">The file.</param>
    /// <param name="names">Its columns.</param>
    /// <param name="reporter">Hears of columns that are unknown or missing.</param>
    /// <returns>By position in the file, the column of the catalog; null for one that is unknown.</returns>
    /// <exception cref="LoyaltyException"><c>SourceColumnMissing</c>; <c>SourceFileUnreadable</c>: a column occurs twice.</exception>
    public static IReadOnlyList<CatalogColumn?> Match(SourceFile file, IReadOnlyList<string> names, IRunReporter reporter)
    {
        var twice = names.GroupBy(name => name.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw LoyaltyErrors.SourceFileUnreadable.Because($"{file.Path} has the column {twice.Key} twice.", file.Path, "Have the file delivered with one column of the name.");

        var columns = names.Select(name => file.Table.FindColumn(name.Trim())).ToList();
        var missing = file.Table.Columns.Except(columns.OfType<CatalogColumn>()).ToList();
        var required = missing.Where(column => !column.Nullable).Select(column => column.Name).ToList();
        if (required.Count > 0)
        {
            throw LoyaltyErrors.SourceColumnMissing.Because(
                $"{file.Path} lacks {string.Join(", ", required)} of {file.Table}; it has {string.Join(", ", names.Select(name => name.Trim()))}.", file.Path);
        }

        foreach (var column in missing)
            reporter.Warning($"{file.Name} has no column {column.Name}: it is stored as NULL.");
        foreach (var (name, _) in names.Zip(columns).Where(pair => pair.Second is null))
            reporter.Warning($"{file.Name} has the column {name.Trim()}, which the catalog does not know: it is left out.");
        return columns;
    }
}
