using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>Writes the rows of a query into a file.</summary>
internal static class DuckDbUnload
{
    /// <summary>Writes rows.</summary>
    /// <param name="path">The file, which is made.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="LoyaltyException"><c>QueryFailed</c>.</exception>
    public static async Task<long> RunAsync(
        DuckDbSession session, string query, UnloadFormat format, string path, CancellationToken cancellationToken)
    {
        // DuckDB's gzip is several times slower. Pages of Parquet, and Zstandard, it compresses well.
        if (format is not { Compression: FileCompression.Gzip, Format: not FileFormat.Parquet })
            return await session.ExecuteAsync(DuckDbCopy.To(path, query, format), [], cancellationToken);
        var plain = $"{path}.plain";
        var rows = await session.ExecuteAsync(
            DuckDbCopy.To(plain, query, format with { Compression = FileCompression.None }), [], cancellationToken);
        try
        {
            await GzipFile.CompressAsync(plain, path, cancellationToken);
        }
        catch (IOException exception)
        {
            // As the engine says that a disk is full.
            throw LoyaltyErrors.QueryFailed.Because($"The file {path} cannot be written: {exception.Message}", path, cause: exception);
        }

        PatientFiles.Discard(plain);
        return rows;
    }
}
