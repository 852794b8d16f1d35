namespace LoyaltyPipeline.Core.Files;

/// <summary>
/// A folder for files that are needed no longer than the work at hand. Nobody else can read it: such files hold personal data. One that a
/// killed process has left behind is removed by the next of its kind.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string LockName = "in-use";

    private static readonly TimeSpan MadeWithin = TimeSpan.FromHours(1);

    // Shared for removal, so that it can be renamed and removed while it is open. Whoever opens it for nobody else is refused all the same.
    private readonly FileStream _lock;

    private ScratchFolder(string path)
    {
        Path = path;
        // It gets its name once it is locked: without it a folder is nobody's to remove.
        var unnamed = System.IO.Path.Combine(path, $"{LockName}.new");
        _lock = PrivateFiles.Create(unnamed, FileShare.Delete);
        PatientFiles.Move(unnamed, LockOf(path), CancellationToken.None);
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
        PrivateFiles.CreateFolder(parent);
        RemoveAbandoned(parent, purpose);
        var path = System.IO.Path.Combine(parent, $"{Prefix(purpose)}{Guid.NewGuid():N}");
        PrivateFiles.CreateOwnFolder(path);
        // A dot hides nothing there.
        if (OperatingSystem.IsWindows())
            File.SetAttributes(path, FileAttributes.Directory | FileAttributes.Hidden);
        return new ScratchFolder(path);
    }

    /// <summary>Removes those that nobody uses any more.</summary>
    /// <param name="parent">The folder in which they are; it need not exist.</param>
    /// <param name="purpose">What they were for.</param>
    public static void RemoveAbandoned(string parent, string purpose)
    {
        if (!Directory.Exists(parent))
            return;
        foreach (var folder in Directory.EnumerateDirectories(parent, $"{Prefix(purpose)}*"))
            RemoveIfAbandoned(folder);
    }

    /// <summary>
    /// Removes the folder with what is in it. What another program has open is emptied, and removed by the next of its kind: the work is
    /// done, and does not fail of this.
    /// </summary>
    public void Dispose()
    {
        if (PatientFiles.DiscardContent(Path, except: LockName, FilePatience.Usual(CancellationToken.None)))
            RemoveEmpty(Path, _lock);
        _lock.Dispose();
    }

    private static string Prefix(string purpose) => $".loyalty-{purpose}-";

    private static string LockOf(string folder) => System.IO.Path.Combine(folder, LockName);

    // The lock goes last: where something stays, or somebody is killed here, the folder is still known to be abandoned. While it is open,
    // removed though it is, the folder may not be empty yet.
    private static void RemoveEmpty(string folder, FileStream? held)
    {
        if (!PatientFiles.TryDelete(LockOf(folder)))
            return;
        held?.Dispose();
        PatientFiles.TryDeleteEmptyFolder(folder, CancellationToken.None);
    }

    private static void RemoveIfAbandoned(string folder)
    {
        try
        {
            // One that has no lock is being made, or was being removed; only for so long.
            if (File.Exists(LockOf(folder)))
                new FileStream(LockOf(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            else if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) < MadeWithin)
                return;
            // The work at hand does not wait for what is left of another.
            if (PatientFiles.DiscardContent(folder, except: LockName, FilePatience.None))
                RemoveEmpty(folder, held: null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody works in it, has just removed it, or it is another user's.
        }
    }
}
