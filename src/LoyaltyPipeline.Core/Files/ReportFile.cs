using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Files;

/// <summary>The place of a report. A file is written beside it, flushed to the disk and then renamed into it.</summary>
/// <param name="path">The full path.</param>
internal sealed class ReportFile(string path)
{
    private const int BufferBytes = 1 << 16;

    private readonly string _folder = System.IO.Path.GetDirectoryName(path)!;

    public string Path => path;

    // Through a link its target is replaced: whoever reads that sees the report too, and the link stays one.
    private string Place => new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    /// <summary>Makes sure that the place can be one of a file, without touching it.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void DemandPlace()
    {
        if (File.Exists(_folder))
            throw Unwritable($"{_folder} is a file, not a folder.");
        if (!Directory.Exists(_folder))
            throw Unwritable($"there is no folder {_folder}.");
        if (Directory.Exists(path))
            throw Unwritable("it is a folder.");
        if (System.IO.Path.GetFileName(path).IndexOfAny(System.IO.Path.GetInvalidFileNameChars()) >= 0)
            throw Unwritable("its name has a character that a name of a file cannot have.");
        if (!OperatingSystem.IsWindows() && (IsDevice(path) || IsDevice(Place)))
            throw Unwritable("it is a device, not a file.");
    }

    /// <summary>Makes sure that files can be made in the folder.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void DemandWritable() => Guard(() => Create(NewPartial(), FileOptions.DeleteOnClose).Dispose());

    /// <summary>Writes the file, in place of one that is there.</summary>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void Write(Action<Stream> write) => Guard(() =>
    {
        var partial = NewPartial();
        try
        {
            using (var file = Create(partial, FileOptions.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, Place, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    });

    // By its place: .NET does not tell devices from files. A file that is renamed onto one takes it away from the whole system.
    private static bool IsDevice(string place) => place.StartsWith("/dev/", StringComparison.Ordinal) && !place.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static FileStream Create(string partial, FileOptions options) => new(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, options);

    // Not made of the report's name, which may be as long as a name can be. Begins with a dot, so that a search for reports passes it over.
    private string NewPartial() => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Place)!, $".{Guid.NewGuid():N}.partial");

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception.Message, exception);
        }
    }

    private LoyaltyException Unwritable(string reason, Exception? cause = null) =>
        LoyaltyErrors.ReportUnwritable.Because($"The report {path} cannot be written: {reason}", path, cause: cause);
}
