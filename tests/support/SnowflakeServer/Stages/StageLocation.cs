namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>A place in a stage.</summary>
/// <param name="Folder">The folder that the stage is kept in.</param>
/// <param name="Path">The path within the stage, without a slash at its beginning.</param>
/// <param name="Prefix">What stands before a path where a file is named: an address for an external stage, the stage's name for an internal one.</param>
internal sealed record StageLocation(string Folder, string Path, string Prefix)
{
    /// <summary>The files there. A location names a file or everything that begins with it.</summary>
    public IEnumerable<FileInfo> Files() => Directory.Exists(Folder)
        ? new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => Relative(file).StartsWith(Path, StringComparison.Ordinal))
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
        : [];

    /// <summary>The path of a file within the stage.</summary>
    public string Relative(FileInfo file) => System.IO.Path.GetRelativePath(Folder, file.FullName).Replace('\\', '/');

    /// <summary>How Snowflake calls a file.</summary>
    public string NameOf(FileInfo file) => Prefix + Relative(file);

    /// <summary>Where a file with a path within the stage is kept.</summary>
    /// <param name="path">The path.</param>
    public string FullPath(string path) => System.IO.Path.Combine(Folder, path);
}
