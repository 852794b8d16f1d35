using System.Security.Cryptography;
using System.Text;

namespace LoyaltyPipeline.Core.Hashing;

/// <summary>Hashes of texts.</summary>
internal static class TextHash
{
    /// <summary>SHA-256 of a text in UTF-8, hexadecimal in lower case.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
