using System.Security.Cryptography;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>Hashes files.</summary>
internal static class FileDigest
{
    /// <summary>Hash of a file, hexadecimal in lower case.</summary>
    public static async Task<string> Sha256Async(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
