using System.Security.Cryptography;
using System.Text;

namespace LoyaltyPipeline.Core.Hashing;

/// <summary>Hashes of texts and of the bytes of files.</summary>
internal static class TextHash
{
    /// <summary>SHA-256 of a text in UTF-8, hexadecimal in lower case.</summary>
    public static string Sha256(string text) => Sha256(Encoding.UTF8.GetBytes(text));

    /// <summary>SHA-256 of bytes, hexadecimal in lower case.</summary>
    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>SHA-256 of a text in UTF-8, as the Content-Security-Policy of a page names a script or a style.</summary>
    public static string ForContentPolicy(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
