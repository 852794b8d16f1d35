using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Status;

/// <summary>How large the file of a warehouse is, and how much room is left beside it.</summary>
/// <param name="Bytes">Of the file.</param>
/// <param name="FreeBytes">What is left; null where the system does not tell.</param>
internal sealed record DiskRoom(long Bytes, long? FreeBytes)
{
    // Less is not enough for what a run writes meanwhile, or for the copy that an erasure makes.
    private const long Least = 1L << 30;

    public bool IsShort => FreeBytes < Math.Max(Least, Bytes);

    /// <summary>Looks at the file of a warehouse.</summary>
    /// <returns>The room; null where the warehouse is no file.</returns>
    public static DiskRoom? Of(string location)
    {
        if (!Path.IsPathFullyQualified(location) || FileFacts.KindOf(location) != PathKind.File)
            return null;
        return new DiskRoom(new FileInfo(location).Length, FreeAt(location));
    }

    // A share of Windows has no drive.
    private static long? FreeAt(string location)
    {
        try
        {
            var folder = Path.GetDirectoryName(location)!;
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
