namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// How a path is spelled. One folder has many spellings where case does not matter, and with or without a separator at its end; what is
/// kept is one of them.
/// </summary>
public static class PathSpelling
{
    private const string Mark = @"\\?\";
    private const string NetworkMark = @"\\?\UNC\";

    /// <summary>What tells paths apart on this system.</summary>
    public static StringComparer Comparer => StringComparer.FromComparison(Comparison);

    /// <summary>The same where a part of a path is compared.</summary>
    public static StringComparison Comparison =>
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The one spelling of a full path: that of the disk as far as the path is there, without a separator at the end.</summary>
    public static string Of(string path)
    {
        var trimmed = Path.TrimEndingDirectorySeparator(path);
        return OperatingSystem.IsWindows() ? OnDisk(trimmed) : trimmed;
    }

    /// <summary>A path without the mark that Windows puts before long ones, which need none here and would look like other ones.</summary>
    /// <returns>The path; on other systems as it is.</returns>
    public static string WithoutMark(string path) => !OperatingSystem.IsWindows() ? path
        : path.StartsWith(NetworkMark, StringComparison.OrdinalIgnoreCase) ? $@"\\{path[NetworkMark.Length..]}"
        : path.StartsWith(Mark, StringComparison.Ordinal) && WindowsPath.IsOnDrive(path[Mark.Length..]) ? path[Mark.Length..]
        : path;

    private static string OnDisk(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
            return path.ToUpperInvariant();
        return Path.Join(OnDisk(folder), NameOnDisk(folder, Path.GetFileName(path)));
    }

    // A folder that is not there, or may not be looked into, gives no other spelling than that of the user.
    private static string NameOnDisk(string folder, string name)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder, name).Select(Path.GetFileName)
                .FirstOrDefault(found => string.Equals(found, name, StringComparison.OrdinalIgnoreCase)) ?? name;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return name;
        }
    }
}
