using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>Finds the files to import and the tables they belong to.</summary>
/// <param name="catalog">The catalog, which knows the sources.</param>
/// <param name="warn">Hears of each file of a folder that is left out, and why, and of a folder of parts that may not be complete.</param>
/// <param name="fail">Hears of a folder of parts that cannot be read, after which the other files of its folder go on; null where it ends
/// the search.</param>
public sealed class LandingFolder(LoyaltyCatalog catalog, Action<string> warn, Action<LoyaltyException>? fail = null)
{
    // What programs that write in parts put into the folder at the very end.
    private const string CompleteMark = "_SUCCESS";
    private const string PartPrefix = "part-";

    /// <summary>Finds the files of a path.</summary>
    /// <param name="path">
    /// A file; a folder whose files are named after tables: <c>USER_ACTIVITY.csv.gz</c>, or with a day, a time or the number of a part,
    /// <c>USER_ACTIVITY_2026-06-30.csv</c>; or a folder that is named so itself and holds files <c>part-*</c>.
    /// </param>
    /// <param name="table">The table, where the file name does not say it; null to go by the name.</param>
    /// <returns>The files by table, tables in catalog order and files by the days, times and numbers in their names.</returns>
    /// <exception cref="LoyaltyException"><c>SourcePathNotFound</c>, <c>SourceTableUnknown</c>, <c>SourceFormatUnknown</c>,
    /// <c>SourceFileUnreadable</c>.</exception>
    public IReadOnlyList<IGrouping<CatalogTable, SourceFile>> Find(string path, string? table)
    {
        var given = FindTable(table);
        return FileFacts.KindOf(path) switch
        {
            PathKind.Nothing => throw LoyaltyErrors.SourcePathNotFound.Because($"There is no file or folder {path}.", path),
            PathKind.Folder when !IsFolderOfParts(path) => Group(
                Choose(EntriesOf(path), given, $"The folder {path} holds no file named after a source table.", path)),
            PathKind.File or PathKind.Folder => Group(Open(path, given)),
            var kind => throw LoyaltyErrors.SourceFileUnreadable.Because($"{path} cannot be read: {NoFile(kind)}.", path),
        };
    }

    /// <summary>Finds the files that a pattern fits, and those in the folders that it fits.</summary>
    /// <param name="places">The files and folders.</param>
    /// <param name="pattern">The pattern, for the error.</param>
    /// <param name="table">The table, where the file name does not say it; null to go by the name.</param>
    /// <returns>The files by table, tables in catalog order and files by the days, times and numbers in their names.</returns>
    /// <exception cref="LoyaltyException"><c>SourcePathNotFound</c>, <c>SourceTableUnknown</c>, <c>SourceFileUnreadable</c>.</exception>
    public IReadOnlyList<IGrouping<CatalogTable, SourceFile>> FindAll(
        IEnumerable<string> places, string pattern, string? table) => Group(Choose(
        places.SelectMany(place => Directory.Exists(place) && !IsFolderOfParts(place) ? EntriesOf(place) : [place]), FindTable(table),
        $"{pattern} fits no file named after a source table.", pattern));

    /// <summary>Puts files of a table together, each once.</summary>
    /// <returns>The files by table, tables in catalog order and files by the days, times and numbers in their names.</returns>
    public IReadOnlyList<IGrouping<CatalogTable, SourceFile>> Group(IEnumerable<SourceFile> files)
    {
        var order = catalog.Sources.ToList();
        return [.. files.DistinctBy(file => file.Path, PathSpelling.Comparer)
            .OrderBy(file => SourceFileName.TimeOf(catalog, file.Path), StringComparer.Ordinal)
            .ThenBy(file => file.Path, StringComparer.Ordinal).GroupBy(file => file.Table).OrderBy(group => order.IndexOf(group.Key))];
    }

    private CatalogTable? FindTable(string? table) => table is null ? null : catalog.FindSource(table)
        ?? throw LoyaltyErrors.SourceTableUnknown.Because(
            $"The catalog has no source table {table}.", table, $"Use one of {string.Join(", ", catalog.Sources)}.");

    private List<SourceFile> Choose(IEnumerable<string> paths, CatalogTable? given, string nothing, string target)
    {
        var files = new List<SourceFile>();
        foreach (var path in paths.Where(path => !SourceFileName.IsPassedOver(catalog, path)))
        {
            if (WhyLeftOut(path, given) is { } reason)
                warn($"{path} is left out: {reason}.");
            else
                files.AddRange(TryOpen(path, given));
        }

        return files.Count > 0 ? files : throw LoyaltyErrors.SourcePathNotFound.Because(nothing, target);
    }

    private List<SourceFile> TryOpen(string path, CatalogTable? given)
    {
        try
        {
            return Open(path, given);
        }
        catch (LoyaltyException exception) when (fail is not null)
        {
            fail(exception);
            return [];
        }
    }

    private string? WhyLeftOut(string path, CatalogTable? given)
    {
        if (SourceFileName.IsHidden(path))
            return $"its name begins with {Path.GetFileName(path)[0]}, as those of hidden files and of files in progress do";
        var kind = FileFacts.KindOf(path);
        if (kind != PathKind.File && !(kind == PathKind.Folder && IsFolderOfParts(path)))
            return NoFile(kind);
        if (SourceFileName.FormatOf(path) is null)
            return "its name ends in no format that can be imported";
        return given is null && SourceFileName.TableOf(catalog, path) is null ? WhyNoTable(path) : null;
    }

    private string WhyNoTable(string path) => SourceFileName.WhatIsWrong(catalog, path) ?? "its name is no source table of the catalog";

    private static string NoFile(PathKind kind) => kind switch
    {
        PathKind.Nothing => "it has gone",
        PathKind.Folder => "it is a folder",
        PathKind.BrokenLink => "it is a link to nothing",
        _ => "it is a pipe or a device, not a file",
    };

    private List<SourceFile> Open(string path, CatalogTable? given)
    {
        var format = SourceFileName.FormatOf(path)
            ?? throw LoyaltyErrors.SourceFormatUnknown.Because(
                $"The name of {path} ends in no format that can be imported.", path, RemedyOfFormat(path));
        var table = given
            ?? SourceFileName.TableOf(catalog, path)
                ?? throw LoyaltyErrors.SourceTableUnknown.Because($"{path} belongs to no table: {WhyNoTable(path)}.", path);
        var full = Path.GetFullPath(path);
        return Directory.Exists(full)
            ? OpenParts(full, table, format)
            : [new SourceFile(full, table, format, SourceFileName.IsCompressed(path))];
    }

    // A folder that is named like a file is one file, written in parts by a program that works in parallel.
    private static bool IsFolderOfParts(string path) => SourceFileName.FormatOf(path) is not null && Directory.Exists(path);

    private List<SourceFile> OpenParts(string folder, CatalogTable table, SourceFormat format)
    {
        var entries = EntriesOf(folder).ToList();
        var parts = new List<SourceFile>();
        foreach (var entry in entries.Where(entry => !SourceFileName.IsHidden(entry) && !SourceFileName.IsInProgress(entry)))
        {
            var kind = FileFacts.KindOf(entry);
            if (kind != PathKind.File)
                throw LoyaltyErrors.SourceFileUnreadable.Because(
                    $"{folder} cannot be read as one file in parts: of {Path.GetFileName(entry)}, {NoFile(kind)}.", folder);
            if (!Path.GetFileName(entry).StartsWith(PartPrefix, StringComparison.OrdinalIgnoreCase))
                warn($"{entry} is left out: its name does not begin with {PartPrefix}, as those of parts do.");
            else if (!SourceFileName.IsPartOf(format, entry))
                warn($"{entry} is left out: its name does not end as that of the folder does.");
            else
                parts.Add(new SourceFile(entry, table, format, SourceFileName.IsCompressed(entry)) { Folder = Path.GetFileName(folder) });
        }

        if (parts.Count == 0)
            throw LoyaltyErrors.SourcePathNotFound.Because(
                $"The folder {folder} holds no file {PartPrefix}*.", folder,
                "A folder that is named like a file is one file in parts; have them delivered.");
        if (!entries.Exists(entry => Path.GetFileName(entry) == CompleteMark))
            warn($"{folder} has no file {CompleteMark}: whoever writes it may not have finished.");
        return parts;
    }

    private static string? RemedyOfFormat(string path) => Path.GetExtension(path).ToUpperInvariant() is ".XLSX" or ".XLS"
        ? "Save the sheet as CSV UTF-8 (comma delimited) and import that."
        : null;

    private static IReadOnlyList<string> EntriesOf(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"The folder {folder} cannot be read: {exception.Message}", folder, "Have it made readable.", exception);
        }
    }
}
