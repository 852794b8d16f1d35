namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// What can be told of a path without opening what lies there: opening a pipe may take for ever, and closing a file lets go the locks that
/// others of this process have on it.
/// </summary>
internal static class FileFacts
{
    /// <summary>What lies at a path, at the end of all links.</summary>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static PathKind KindOf(string path)
    {
        if (OperatingSystem.IsLinux())
            return LinuxFileStatus.Find(path)?.Kind ?? (IsLink(path) ? PathKind.BrokenLink : PathKind.Nothing);
        if (Directory.Exists(path))
            return PathKind.Folder;
        if (!File.Exists(path))
            return IsLink(path) ? PathKind.BrokenLink : PathKind.Nothing;
        // .NET does not tell devices from files, but these lie in a place of their own.
        return !OperatingSystem.IsWindows() && RealPath.Of(path).StartsWith("/dev/", StringComparison.Ordinal)
            ? PathKind.Special
            : PathKind.File;
    }

    /// <summary>Whether what lies at a path is a pipe, a socket or a device, which whoever opens a file must not open.</summary>
    /// <returns>Whether it is known to be one; where it cannot be looked at, it cannot be opened either.</returns>
    public static bool IsSpecial(string path)
    {
        try
        {
            return KindOf(path) == PathKind.Special;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Where a link leads that leads to nothing: .NET says of it that it exists, and who writes through it makes a file in a place that
    /// nobody named.
    /// </summary>
    /// <returns>The place at the end of all links; null where the path is that of no such link, or cannot be looked at.</returns>
    public static string? TargetOfBrokenLink(string path)
    {
        try
        {
            return KindOf(path) == PathKind.BrokenLink ? RealPath.Of(path) : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            // Links in a circle have no end.
            return LinkTarget(path);
        }
    }

    /// <summary>What lies where a folder is to be.</summary>
    /// <returns>What it is, to be read after its name and "is"; null where it is a folder, or nothing, so that one can be made.</returns>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static string? NoFolder(string path) => KindOf(path) switch
    {
        PathKind.File => "a file",
        PathKind.BrokenLink => $"a link that leads to nothing, {LinkTarget(path)}",
        PathKind.Special => "a device or a pipe",
        _ => null,
    };

    /// <summary>Whether a path is that of a link itself, whatever that leads to.</summary>
    public static bool IsLink(string path) => LinkTarget(path) is not null;

    /// <summary>What a link says that it leads to.</summary>
    /// <returns>The path in the link, perhaps relative to its folder; null where the path is not that of a link.</returns>
    public static string? LinkTarget(string path) =>
        path.Contains('\0', StringComparison.Ordinal)
            ? null
            : (Directory.Exists(path) ? (FileSystemInfo)new DirectoryInfo(path) : new FileInfo(path)).LinkTarget;

    /// <summary>What the file at a path is, at the end of all links.</summary>
    /// <returns>Its identity; null where there is none, the machine does not tell, or it cannot be looked at.</returns>
    public static FileIdentity? IdentityOf(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? LinuxFileStatus.Find(path)?.Identity
                : OperatingSystem.IsWindows() ? WindowsFileStatus.Find(path)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
