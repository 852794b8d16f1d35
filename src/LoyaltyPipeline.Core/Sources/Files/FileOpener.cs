using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Makes files ready to be read: unpacks them and looks at their columns. Disposing it removes what was unpacked.</summary>
/// <param name="spelling">How values of a CSV file are written.</param>
/// <param name="reporter">Hears of columns that are unknown or missing.</param>
internal sealed class FileOpener(IWarehouseSession session, CsvSpelling spelling, IRunReporter reporter) : IDisposable
{
    // Delivering it again would make it no more readable.
    private const string NotReadable = "Have it made readable for the account that imports; nothing of it was imported.";

    private readonly List<(SourceFile File, FileStamp Stamp)> _opened = [];
    private ScratchFolder? _folder;

    /// <summary>Makes a file ready.</summary>
    /// <exception cref="LoyaltyException"><c>SourceFileUnreadable</c>, <c>SourceColumnMissing</c>.</exception>
    public async Task<FileScan> OpenAsync(SourceFile file, int index, CancellationToken cancellationToken)
    {
        try
        {
            _opened.Add((file, FileStamp.Of(file.Path)));
            var plainPath = file.Compressed
                ? await PackedFile.UnpackAsync(file, Folder(), index, cancellationToken)
                : file.Path;
            return file.Format switch
            {
                SourceFormat.Csv => CsvFile.Open(file, plainPath, DemandText(file, plainPath), spelling, Folder, reporter),
                SourceFormat.JsonLines => await OpenJsonLinesAsync(file, plainPath, cancellationToken),
                SourceFormat.Parquet => await ParquetFile.OpenAsync(session, file, reporter, cancellationToken),
                _ => throw new InvalidOperationException($"Unknown format {file.Format}."),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            || (exception is LoyaltyException known && known.Definition == LoyaltyErrors.QueryFailed))
        {
            throw FileUse.ErrorOf(exception, file.Path, "read") ?? LoyaltyErrors.SourceFileUnreadable.Because(
                $"{file.Path} cannot be read: {DuckDbErrors.ReasonOf(exception)}", file.Path,
                exception is UnauthorizedAccessException ? NotReadable : null, exception);
        }
    }

    /// <summary>
    /// Makes sure that all files are still as they were when they were opened. Comes when they have been read: what was read of a file that
    /// somebody writes is no whole.
    /// </summary>
    /// <exception cref="LoyaltyException"><c>SourceFileUnreadable</c>: one has been changed, replaced or removed.</exception>
    public void DemandUnchanged()
    {
        foreach (var (file, stamp) in _opened)
        {
            if (StampOf(file) != stamp)
            {
                throw LoyaltyErrors.SourceFileUnreadable.Because(
                    $"{file.Path} was written while it was read.",
                    file.Path,
                    "Import it when it is complete; whoever delivers it best writes it under another name and renames it at the end. Nothing of it was imported.");
            }
        }
    }

    private static FileStamp? StampOf(SourceFile file)
    {
        try
        {
            return FileStamp.Of(file.Path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private Task<FileScan> OpenJsonLinesAsync(SourceFile file, string plainPath, CancellationToken cancellationToken)
    {
        DemandText(file, plainPath);
        return JsonLinesFile.OpenAsync(session, file, plainPath, Folder(), reporter, cancellationToken);
    }

    // The engine reads UTF-8; anything else would come apart into nonsense.
    private static FileLook DemandText(SourceFile file, string plainPath)
    {
        var look = FileLook.At(plainPath);
        if (look.OtherFormat is { } other)
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{file.Path} is no text in UTF-8. {other}", file.Path,
                "Have it delivered as its name says, in UTF-8; nothing of it was imported.");
        if (look.EndsInZero)
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{file.Path} ends in zero bytes, as a copy does that was not finished.", file.Path,
                "Have the file delivered again, whole; nothing of it was imported.");
        return look;
    }

    private string Folder() => (_folder ??= ScratchFolder.Temporary("import")).Path;

    public void Dispose() => _folder?.Dispose();
}
