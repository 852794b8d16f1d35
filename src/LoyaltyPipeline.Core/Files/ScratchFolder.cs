namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// A folder for files that are needed no longer than the work at hand. Nobody else can read it: such files hold personal data. One that a killed process has left
/// behind is removed by the next of its kind.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string LockName = "in-use";

    // Shared for removal, so that it can be renamed and removed while it is open. Whoever opens it for nobody else is refused all the same.
    private readonly FileStream _lock;

    private ScratchFolder(string path)
    {
        Path = path;
        // It gets its name once it is locked: without it a folder is nobody's to remove.
        var unnamed = System.IO.Path.Combine(path, $"{LockName}.new");
        _lock = new FileStream(unnamed, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
        File.Move(unnamed, LockOf(path));
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Makes one among the temporary files of the machine.</summary>
    /// <param name="purpose">What for, as part of the name.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static ScratchFolder Temporary(string purpose) => In(System.IO.Path.GetTempPath(), purpose);

    /// <summary>Makes one in a folder, hidden.</summary>
    /// <param name="parent">The folder, which is made too where it is not there.</param>
    /// <param name="purpose">What for, as part of the name.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static ScratchFolder In(string parent, string purpose)
    {
        var prefix = $".loyalty-{purpose}-";
        Directory.CreateDirectory(parent);
        foreach (var folder in Directory.EnumerateDirectories(parent, $"{prefix}*"))
            RemoveIfAbandoned(folder);
        var path = System.IO.Path.Combine(parent, $"{prefix}{Guid.NewGuid():N}");
        CreatePrivate(path);
        return new ScratchFolder(path);
    }

    /// <summary>Makes a folder that nobody else can read, unless it is there. Those above it are made as any folder is.</summary>
    /// <param name="path">The full path.</param>
    public static void CreatePrivate(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        // On Windows temporary files lie in the user's own profile.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Removes the folder with what is in it.</summary>
    public void Dispose()
    {
        File.Delete(LockOf(Path));
        _lock.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private static string LockOf(string folder) => System.IO.Path.Combine(folder, LockName);

    private static void RemoveIfAbandoned(string folder)
    {
        try
        {
            new FileStream(LockOf(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody works in it, has just removed it, or it is another user's.
        }
    }
}
