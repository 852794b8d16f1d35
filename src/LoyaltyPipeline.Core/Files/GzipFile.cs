using System.IO.Compression;

namespace LoyaltyPipeline.Core.Files;

/// <summary>Compresses files with gzip.</summary>
internal static class GzipFile
{
    private const int BufferBytes = 1 << 20;

    // Files come out about as large as DuckDB's own gzip makes them; the levels above cost more than they save.
    private static readonly ZLibCompressionOptions Options = new() { CompressionLevel = 5 };

    /// <summary>Compresses a file.</summary>
    /// <param name="to">The compressed one, which is made.</param>
    public static async Task CompressAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(
            from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        await using var gzip = new SameGzipStream(
            new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes), Options);
        await source.CopyToAsync(gzip, BufferBytes, cancellationToken);
    }
}
