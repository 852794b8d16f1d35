using System.IO.Compression;
using System.Security.Cryptography;

namespace LoyaltyPipeline.Core.Delivery.Unloading;

/// <summary>Hashes files, and compresses them on the way.</summary>
internal static class FileDigest
{
    private const int BufferBytes = 1 << 20;

    // Files come out about as large as the engine's own gzip makes them; the levels above cost more than they save.
    private static readonly ZLibCompressionOptions Gzip = new() { CompressionLevel = 5 };

    /// <summary>Hash of a file, hexadecimal in lower case.</summary>
    public static async Task<string> Sha256Async(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0;)
            hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Compresses a file with gzip. The engine does so too, but on one core and at a fraction of the speed.</summary>
    public static async Task CompressAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        await using var target = new FileStream(to, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        await using var gzip = new GZipStream(target, Gzip);
        await source.CopyToAsync(gzip, BufferBytes, cancellationToken);
    }
}
