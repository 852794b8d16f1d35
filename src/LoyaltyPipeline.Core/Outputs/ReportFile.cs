using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Outputs;

/// <summary>The place of a report. A file is written beside it, flushed to the disk and then renamed into it.</summary>
internal sealed class ReportFile(string path)
{
    private const string PartialPrefix = ".loyalty-report-";

    private readonly string _folder = System.IO.Path.GetDirectoryName(path)!;

    public string Path => path;

    // Through a link its target is replaced: whoever reads that sees the report too, and the link stays one.
    private string Place =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    /// <summary>Makes sure that the place can be one of a file, without touching it.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void DemandPlace() => Guard(() =>
    {
        if (FileFacts.NoFolder(_folder) is { } what)
            throw Unwritable($"{_folder} is {what}, not a folder.");
        if (!Directory.Exists(_folder))
            throw Unwritable($"there is no folder {_folder}.");
        if (Directory.Exists(path))
            throw Unwritable("it is a folder.");
        if (System.IO.Path.GetFileName(path).IndexOfAny(System.IO.Path.GetInvalidFileNameChars()) >= 0)
            throw Unwritable("its name has a character that a name of a file cannot have.");
        if (FileFacts.TargetOfBrokenLink(path) is { } target)
            throw Unwritable(
                $"it is a link that leads to nothing, {target}.", remedy: "Put the file back that the link leads to, or remove the link.");
        if (IsSpecial(path) || IsSpecial(Place))
            throw Unwritable("it is a device or a pipe, not a file.");
    });

    /// <summary>Makes the folder, where there is none.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void MakeFolder() => Guard(() =>
    {
        if (_folder.Contains('\0', StringComparison.Ordinal))
            throw Unwritable("its path has a character that a path cannot have.");
        if (FileFacts.NoFolder(_folder) is null)
            Directory.CreateDirectory(_folder);
    });

    /// <summary>Makes sure that a file which is there may be replaced.</summary>
    /// <param name="isOwn">Whether a text is one of ours.</param>
    /// <param name="whose">What our files are, after "that".</param>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void DemandOwn(Func<string, bool> isOwn, string whose) => Guard(() =>
    {
        if (File.Exists(path) && !isOwn(File.ReadAllText(path)))
            throw Unwritable($"there is one already, and none that {whose}.", remedy: "Give another folder, or remove the file.");
    });

    /// <summary>The text that is there; null where no file is.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>, <c>FileInUse</c>.</exception>
    public string? ReadText()
    {
        if (!File.Exists(path) || FileFacts.IsSpecial(path))
            return null;
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileUse.ErrorOf(exception, path, "read") ?? LoyaltyErrors.ReportUnwritable.Because(
                $"The report {path} cannot be read: {exception.Message}", path, "Have it made readable, or remove it.", exception);
        }
    }

    /// <summary>Makes sure that the file is none that the pipeline lives from.</summary>
    /// <param name="files">Those files.</param>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void DemandApart(ProtectedFiles files) => Guard(() =>
    {
        if (files.WhatIs(path) is { } what)
            throw Unwritable($"it is {what}.");
    });

    /// <summary>Makes sure that files can be made in the folder.</summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>.</exception>
    public void DemandWritable() => Guard(() => PrivateFiles.Create(NewPartial(), options: FileOptions.DeleteOnClose).Dispose());

    /// <summary>Writes the file, in place of one that is there.</summary>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Gives up waiting where another program has it open.</param>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>, <c>FileInUse</c>.</exception>
    public void Write(Action<Stream> write, CancellationToken cancellationToken) => WriteAll([(this, write)], cancellationToken);

    /// <summary>
    /// Writes files that belong together. The last one is written before the first takes its place, so that a disk that gets full leaves
    /// what was there.
    /// </summary>
    /// <exception cref="LoyaltyException"><c>ReportUnwritable</c>, <c>FileInUse</c>.</exception>
    public static void WriteAll(IReadOnlyList<(ReportFile File, Action<Stream> Write)> reports, CancellationToken cancellationToken)
    {
        var named = new List<string>();
        try
        {
            WriteFrom(0, reports, named, cancellationToken);
        }
        catch
        {
            foreach (var place in named)
                PatientFiles.Discard(place);
            throw;
        }
    }

    private static void WriteFrom(
        int index, IReadOnlyList<(ReportFile File, Action<Stream> Write)> reports, List<string> named, CancellationToken cancellationToken)
    {
        if (index == reports.Count)
            return;
        var (report, write) = reports[index];
        report.Guard(() =>
        {
            report.RemoveAbandoned();
            var partial = report.NewPartial();
            try
            {
                // Open until it has its name, so that nobody takes it for abandoned.
                using var file = PrivateFiles.Create(partial, FileShare.Delete);
                write(file);
                file.Flush(flushToDisk: true);
                WriteFrom(index + 1, reports, named, cancellationToken);
                PrivateFiles.Adopt(partial, report.Place);
                PatientFiles.Replace(partial, report.Place, cancellationToken);
                named.Add(report.Place);
            }
            catch
            {
                PatientFiles.Discard(partial);
                throw;
            }
        });
    }

    // A file that is renamed onto a device takes it away from the whole system; nor is there one to be made beside them.
    private static bool IsSpecial(string place) =>
        FileFacts.IsSpecial(place)
            || (place.StartsWith("/dev/", StringComparison.Ordinal) && !place.StartsWith("/dev/shm/", StringComparison.Ordinal));

    // Not made of the report's name, which may be as long as a name can be. Begins with a dot, so that a search for reports passes it over.
    private string NewPartial() =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Place)!, $"{PartialPrefix}{Guid.NewGuid():N}.partial");

    // What a killed process has left: nobody has it open any more.
    private void RemoveAbandoned()
    {
        foreach (var partial in Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(Place)!, $"{PartialPrefix}*.partial")
            .Where(file => FileFacts.KindOf(file) == PathKind.File && !FileFacts.IsLink(file)))
        {
            try
            {
                new FileStream(partial, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                PatientFiles.Discard(partial);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody writes it, has just given it its name, or it is another user's.
            }
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileUse.ErrorOf(exception, path, "written") ?? Unwritable(exception.Message, exception);
        }
    }

    private LoyaltyException Unwritable(string reason, Exception? cause = null, string? remedy = null) =>
        LoyaltyErrors.ReportUnwritable.Because($"The report {path} cannot be written: {reason}", path, remedy, cause);
}
