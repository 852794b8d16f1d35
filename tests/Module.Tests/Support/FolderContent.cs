using System.Security.Cryptography;

namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>What lies in a folder, to compare before and after.</summary>
internal static class FolderContent
{
    /// <summary>
    /// Every file below a folder with a hash of its bytes, and every folder, a line each; nothing for a folder that does not exist.
    /// </summary>
    public static IReadOnlyList<string> Of(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Select(path => Directory.Exists(path) ? path : $"{path} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}")
            .Order(StringComparer.Ordinal),
    ];
}
