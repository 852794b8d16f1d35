using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>Finds the files to import and the tables they belong to.</summary>
/// <param name="catalog">The catalog, which knows the sources.</param>
public sealed partial class LandingFolder(LoyaltyCatalog catalog)
{
    private static readonly Dictionary<string, SourceFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = SourceFormat.Csv,
        [".jsonl"] = SourceFormat.JsonLines,
        [".ndjson"] = SourceFormat.JsonLines,
        [".parquet"] = SourceFormat.Parquet,
    };

    /// <summary>Finds the files of a path.</summary>
    /// <param name="path">A file, or a folder whose files are named after tables: <c>USER_ACTIVITY.csv.gz</c>, or in parts <c>USER_ACTIVITY_01.csv</c>.</param>
    /// <param name="table">The table, where the file name does not say it; null to go by the name.</param>
    /// <param name="ignored">Hears of each file of a folder that is left out, and why.</param>
    /// <returns>The files by table, tables in catalog order and files by name.</returns>
    /// <exception cref="LoyaltyException"><c>SourcePathNotFound</c>, <c>SourceTableUnknown</c>, <c>SourceFormatUnknown</c>.</exception>
    public IReadOnlyList<IGrouping<CatalogTable, SourceFile>> Find(string path, string? table, Action<string> ignored)
    {
        var given = FindTable(table);
        if (File.Exists(path))
            return Group([Open(path, given)]);
        return Directory.Exists(path)
            ? Group(Choose(Directory.EnumerateFiles(path), given, $"The folder {path} holds no file named after a source table.", path, ignored))
            : throw LoyaltyErrors.SourcePathNotFound.Because($"There is no file or folder {path}.", path);
    }

    /// <summary>Finds the files that a pattern fits, and those in the folders that it fits.</summary>
    /// <param name="places">The files and folders.</param>
    /// <param name="pattern">The pattern, for the error.</param>
    /// <param name="table">The table, where the file name does not say it; null to go by the name.</param>
    /// <param name="ignored">Hears of each file that is left out, and why.</param>
    /// <returns>The files by table, tables in catalog order and files by name.</returns>
    /// <exception cref="LoyaltyException"><c>SourcePathNotFound</c>, <c>SourceTableUnknown</c>.</exception>
    public IReadOnlyList<IGrouping<CatalogTable, SourceFile>> FindAll(IEnumerable<string> places, string pattern, string? table, Action<string> ignored) => Group(Choose(
        places.SelectMany(place => Directory.Exists(place) ? Directory.EnumerateFiles(place) : [place]), FindTable(table), $"{pattern} fits no file named after a source table.", pattern, ignored));

    /// <summary>Puts files of a table together, each once.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The files by table, tables in catalog order and files by name.</returns>
    public IReadOnlyList<IGrouping<CatalogTable, SourceFile>> Group(IEnumerable<SourceFile> files)
    {
        var order = catalog.Sources.ToList();
        return [.. files.DistinctBy(file => file.Path, StringComparer.Ordinal).OrderBy(file => file.Path, StringComparer.Ordinal).GroupBy(file => file.Table).OrderBy(group => order.IndexOf(group.Key))];
    }

    private CatalogTable? FindTable(string? table) => table is null ? null : catalog.FindSource(table)
        ?? throw LoyaltyErrors.SourceTableUnknown.Because($"The catalog has no source table {table}.", table, $"Use one of {string.Join(", ", catalog.Sources)}.");

    private List<SourceFile> Choose(IEnumerable<string> names, CatalogTable? given, string nothing, string target, Action<string> ignored)
    {
        var files = new List<SourceFile>();
        foreach (var name in names.Where(name => Path.GetFileName(name)[0] is not ('.' or '_')))
        {
            if (FormatOf(name) is null)
                ignored($"{name} is left out: its name ends in no format that can be imported.");
            else if ((given ?? TableOf(name)) is null)
                ignored($"{name} is left out: its name is no source table of the catalog.");
            else
                files.Add(Open(name, given));
        }

        return files.Count > 0 ? files : throw LoyaltyErrors.SourcePathNotFound.Because(nothing, target);
    }

    private SourceFile Open(string path, CatalogTable? given)
    {
        var format = FormatOf(path) ?? throw LoyaltyErrors.SourceFormatUnknown.Because($"The name of {path} ends in no format that can be imported.", path);
        var table = given ?? TableOf(path) ?? throw LoyaltyErrors.SourceTableUnknown.Because($"The name of {path} is no source table of the catalog.", path);
        return new SourceFile(Path.GetFullPath(path), table, format, IsCompressed(path));
    }

    private static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static string WithoutCompression(string path) => IsCompressed(path) ? Path.ChangeExtension(path, null) : path;

    private static SourceFormat? FormatOf(string path)
    {
        if (!Formats.TryGetValue(Path.GetExtension(WithoutCompression(path)), out var format))
            return null;
        // Parquet is compressed inside; a gzipped one is a mistake of whoever made it.
        return format == SourceFormat.Parquet && IsCompressed(path) ? null : format;
    }

    private CatalogTable? TableOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(WithoutCompression(path));
        return catalog.FindSource(name) ?? catalog.FindSource(PartNumber().Replace(name, string.Empty));
    }

    [GeneratedRegex("[_.-][0-9]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartNumber();
}
