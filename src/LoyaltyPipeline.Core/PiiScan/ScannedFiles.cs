using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Sources;

namespace LoyaltyPipeline.Core.PiiScan;

/// <summary>Which files of a path are looked through: those of the formats that an import reads, whatever they are called.</summary>
internal static class ScannedFiles
{
    private const string Formats = ".csv, .csv.gz, .parquet, .jsonl, .ndjson or their .gz forms";

    /// <summary>The files of a path, and whether it is a folder.</summary>
    /// <exception cref="LoyaltyException"><c>SourcePathNotFound</c>, <c>SourceFormatUnknown</c>, <c>SourceFileUnreadable</c>.</exception>
    public static (IReadOnlyList<SourceFile> Files, bool IsFolder) Find(
        LoyaltyCatalog catalog, string path, IRunReporter reporter) => KindOf(path) switch
        {
            PathKind.File => ([Open(path)], false),
            PathKind.Folder => (OfFolder(catalog, path, reporter), true),
            PathKind.Nothing => throw LoyaltyErrors.SourcePathNotFound.Because($"There is no file or folder {path}.", path, "Check the path."),
            PathKind.BrokenLink => throw LoyaltyErrors.SourcePathNotFound.Because(
                $"{path} is a link to nothing.", path, "Check what the link leads to."),
            _ => throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{path} cannot be read: it is a pipe or a device, not a file.", path, "Give a file."),
        };

    /// <summary>The table of the catalog that a file is named after; null where it is named after none.</summary>
    public static CatalogTable? TableOf(LoyaltyCatalog catalog, SourceFile file) => SourceFileName.TableOf(catalog, file.Path);

    private static SourceFile Open(string path) => SourceFileName.FormatOf(path) is { } format
        ? SourceFile.OfOwnColumns(path, format, SourceFileName.IsCompressed(path))
        : throw LoyaltyErrors.SourceFormatUnknown.Because(
            $"The name of {path} ends in no format that can be read.", path, $"Give {Formats}.");

    private static IReadOnlyList<SourceFile> OfFolder(LoyaltyCatalog catalog, string folder, IRunReporter reporter)
    {
        var files = new List<SourceFile>();
        foreach (var entry in EntriesOf(folder).Where(entry => !SourceFileName.IsPassedOver(catalog, entry)))
        {
            if (KindOf(entry) == PathKind.File && SourceFileName.FormatOf(entry) is not null)
                files.Add(Open(entry));
            else
                reporter.Warning(
                    $"{entry} is left out: {(KindOf(entry) == PathKind.Folder ? "it is a folder" : "its name ends in no format that can be read")}.");
        }

        return files.Count > 0
            ? files
            : throw LoyaltyErrors.SourcePathNotFound.Because(
                $"The folder {folder} holds no file that can be read.", folder, $"Give a folder that holds {Formats}.");
    }

    private static IReadOnlyList<string> EntriesOf(string folder) =>
        Guarded(folder, () => (IReadOnlyList<string>)[.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)]);

    private static PathKind KindOf(string path) => Guarded(path, () => FileFacts.KindOf(path));

    private static T Guarded<T>(string path, Func<T> look)
    {
        try
        {
            return look();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{path} cannot be read: {exception.Message}", path, "Have it made readable.", exception);
        }
    }
}
