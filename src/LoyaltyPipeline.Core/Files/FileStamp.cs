namespace LoyaltyPipeline.Core.Files;

/// <summary>What tells whether a file is still the one that it was.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="ChangedAt">When it was last written.</param>
/// <param name="MadeAt">When it was made; a file that took the place of another one was made later.</param>
/// <param name="Identity">Which file it is, where the machine tells.</param>
internal sealed record FileStamp(long Bytes, DateTime ChangedAt, DateTime MadeAt, FileIdentity? Identity)
{
    /// <summary>The stamp of a file as it is now.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FileStamp Of(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new FileStamp(
            RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle), File.GetCreationTimeUtc(handle), FileFacts.IdentityOf(path));
    }
}
