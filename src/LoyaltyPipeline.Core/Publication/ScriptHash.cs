using System.Security.Cryptography;

namespace LoyaltyPipeline.Core.Publication;

/// <summary>What tells files apart.</summary>
internal static class ScriptHash
{
    /// <summary>SHA-256, hexadecimal in lower case.</summary>
    public static string Of(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
