using System.Security.Cryptography;

namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>A place in a stage.</summary>
/// <param name="Folder">The folder that the stage is kept in.</param>
/// <param name="Path">The path within the stage, without a slash at its beginning.</param>
/// <param name="Prefix">What stands before a path where a file is named: an address for an external stage, the stage's name for an internal
/// one.</param>
/// <param name="Outside">Where the files really are; null where they are in the folder.</param>
internal sealed record StageLocation(string Folder, string Path, string Prefix, IExternalLocation? Outside = null)
{
    /// <summary>The files there, of a stage that is kept in a folder. A location names a file or everything that begins with it.</summary>
    public IEnumerable<FileInfo> Files()
    {
        if (Outside is not null)
            throw new NotSupportedException("The test server writes, lists and removes files of such a stage, and reads none.");
        return Directory.Exists(Folder)
            ? new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories)
                .Where(file => Relative(file).StartsWith(Path, StringComparison.Ordinal))
                .OrderBy(file => file.FullName, StringComparer.Ordinal)
            : [];
    }

    /// <summary>The files there, as LIST tells them.</summary>
    public IReadOnlyList<ExternalFile> List() =>
        Outside?.List(Path) ?? [.. Files().Select(file => new ExternalFile(Relative(file), file.Length, Md5(file), file.LastWriteTimeUtc))];

    /// <summary>Whether there is a file.</summary>
    /// <param name="path">Its path within the stage.</param>
    public bool Has(string path) => Outside?.List(path).Any(file => file.Path == path) ?? File.Exists(FullPath(path));

    /// <summary>Stores a file that was written elsewhere.</summary>
    /// <param name="path">Its path within the stage.</param>
    /// <param name="localFile">The file, which is gone then.</param>
    public void Store(string path, string localFile)
    {
        if (Outside is null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(FullPath(path))!);
            File.Move(localFile, FullPath(path), overwrite: true);
            return;
        }

        Outside.Put(path, localFile);
        File.Delete(localFile);
    }

    /// <summary>Removes a file.</summary>
    /// <param name="path">Its path within the stage.</param>
    public void Delete(string path)
    {
        if (Outside is null)
            File.Delete(FullPath(path));
        else
            Outside.Delete(path);
    }

    /// <summary>The path of a file within the stage.</summary>
    public string Relative(FileInfo file) => System.IO.Path.GetRelativePath(Folder, file.FullName).Replace('\\', '/');

    /// <summary>How Snowflake calls a file.</summary>
    public string NameOf(FileInfo file) => Prefix + Relative(file);

    /// <summary>Where a file with a path within the stage is kept.</summary>
    public string FullPath(string path) => System.IO.Path.Combine(Folder, path);

    // Snowflake tells the MD5 of staged files; nothing is protected by it.
#pragma warning disable CA5351
    private static string Md5(FileInfo file) => Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(file.FullName)));
#pragma warning restore CA5351
}
