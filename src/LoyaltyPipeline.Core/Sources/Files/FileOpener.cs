using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Makes files ready to be read: unpacks them and looks at their columns. Disposing it removes what was unpacked.</summary>
/// <param name="session">The session.</param>
/// <param name="delimiter">What separates the values of a CSV file.</param>
/// <param name="reporter">Hears of columns that are unknown or missing.</param>
internal sealed class FileOpener(IWarehouseSession session, char delimiter, IRunReporter reporter) : IDisposable
{
    private ScratchFolder? _folder;

    /// <summary>Makes a file ready.</summary>
    /// <exception cref="LoyaltyException"><c>SourceFileUnreadable</c>, <c>SourceColumnMissing</c>.</exception>
    public async Task<FileScan> OpenAsync(SourceFile file, int index, CancellationToken cancellationToken)
    {
        try
        {
            var plainPath = file.Compressed
                ? await GzipFile.UnpackAsync(file, Folder(), index, cancellationToken)
                : file.Path;
            return file.Format switch
            {
                SourceFormat.Csv => CsvFile.Open(file, plainPath, delimiter, index, Folder, reporter),
                SourceFormat.JsonLines => await JsonLinesFile.OpenAsync(session, file, plainPath, Folder(), reporter, cancellationToken),
                SourceFormat.Parquet => await ParquetFile.OpenAsync(session, file, reporter, cancellationToken),
                _ => throw new InvalidOperationException($"Unknown format {file.Format}."),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            || (exception is LoyaltyException known && known.Definition == LoyaltyErrors.QueryFailed))
        {
            throw LoyaltyErrors.SourceFileUnreadable.Because($"{file.Path} cannot be read: {exception.Message}", file.Path, cause: exception);
        }
    }

    private string Folder() => (_folder ??= ScratchFolder.Temporary("import")).Path;

    public void Dispose() => _folder?.Dispose();
}
