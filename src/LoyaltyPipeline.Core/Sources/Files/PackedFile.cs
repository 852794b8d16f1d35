using ICSharpCode.SharpZipLib;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>
/// Unpacks gzip before the engine reads it. DuckDB and .NET both take a gzip that was cut off for a shorter file, which would lose rows
/// in silence. The engine then reads the plain file on all cores.
/// </summary>
internal static class PackedFile
{
    private const int BufferSize = 1 << 20;

    // Tables of text become a fifth or a thirtieth of their size. What becomes less than a hundredth holds one thing over and over, and
    // fills the disk.
    private const int LargestRatio = 100;
    private const long LargeBytes = 64 << 20;

    /// <summary>Unpacks a file.</summary>
    /// <param name="folder">Where to put the plain file.</param>
    /// <param name="index">Number of the file in its import, which makes its name unique.</param>
    /// <returns>The path of the plain file.</returns>
    /// <exception cref="LoyaltyException"><c>SourceFileUnreadable</c>: the file is cut off or damaged.</exception>
    public static async Task<string> UnpackAsync(SourceFile file, string folder, int index, CancellationToken cancellationToken)
    {
        var plainPath = Path.Combine(folder, $"{index}-{Path.GetFileNameWithoutExtension(file.Path)}");
        try
        {
            await using var packed = new FileStream(
                file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
            var gzip = new GzipReader(packed);
            await using var plain = new FileStream(plainPath, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
            await CopyAsync(file, gzip, plain, packed.Length, cancellationToken);
            return plainPath;
        }
        catch (Exception exception) when (exception is SharpZipBaseException or EndOfStreamException or InvalidDataException)
        {
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{file.Path} is cut off or damaged: {exception.Message}", file.Path, cause: exception);
        }
    }

    private static async Task CopyAsync(
        SourceFile file, GzipReader from, FileStream to, long packedBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        long copied = 0;
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            copied += read;
            if (copied > Math.Max(LargeBytes, LargestRatio * packedBytes))
            {
                throw LoyaltyErrors.SourceFileUnreadable.Because(
                    $"{file.Path} unpacks to more than {LargestRatio} times its size of {packedBytes} bytes, as no table does.", file.Path,
                    "Look at what is in it; if it is meant, have it delivered unpacked. Nothing of it was imported.");
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
