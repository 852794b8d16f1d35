using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Outputs;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Writes all that is held of a user into two files: one for programs, one for people.</summary>
public sealed class UserExporter(PipelineDefinition pipeline)
{
    // So far into a file its kind stands at the latest.
    private const int HeadChars = 1000;

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Where to, by its full path; it is made where it is not there.</param>
    /// <param name="wait">How long to wait for others; null for not at all.</param>
    /// <param name="reporter">Hears, as <c>UserUnknown</c>, that nothing is held.</param>
    /// <param name="cancellationToken">Gives up; files that are there stay as they are.</param>
    /// <returns>The files; none where nothing is held.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>ReportUnwritable</c>, <c>FileInUse</c>, <c>QueryFailed</c>,
    /// and those of reaching the sources' files.</exception>
    public async Task<IReadOnlyList<FileInfo>> ExportAsync(
        IWarehouse warehouse, long userId, string folder, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var document = await ReadNotedAsync(warehouse, userId, wait, reporter, cancellationToken);
        if (document.IsEmpty)
        {
            reporter.NotFound(LoyaltyErrors.UserUnknown.Because("Nothing is held of the user who was asked for.", userId));
            return [];
        }

        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"user-{userId}");
        var (json, page) = (Place(warehouse, folder, $"{name}.json"), Place(warehouse, folder, $"{name}.html"));
        ReportFile.WriteAll(
            [(json, stream => SubjectJson.Write(document, stream)), (page, stream => SubjectPage.Write(document, stream))],
            cancellationToken);
        return [new FileInfo(json.Path), new FileInfo(page.Path)];
    }

    // Nothing is handed out before it is noted that it was read. Of whom, the trail must not know: an erasure would have to change it.
    private async Task<SubjectDocument> ReadNotedAsync(
        IWarehouse warehouse, long userId, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken)
    {
        SubjectDocument document;
        await using (var opened = await PipelineSession.OpenAsync(warehouse, pipeline, wait, reporter, cancellationToken))
        {
            await SchemaReader.RequireInitializedAsync(opened.Session, cancellationToken, AuditLog.Tables);
            document = await new SubjectReader(pipeline, opened.Session).ReadAsync(userId, StoredTime.Now, cancellationToken);
        }

        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await AuditLog.NoteAsync(
            session, AuditChain.Beside,
            new AuditDraft(
                AuditAction.ExportUser, AuditOutcome.Succeeded, new AuditParameters { { "users", 1 }, { "held", !document.IsEmpty } }),
            cancellationToken);
        return document;
    }

    // Nobody has named the files: they take the place of earlier ones, and of nothing else.
    private ReportFile Place(IWarehouse warehouse, string folder, string name)
    {
        ReportFolder.Make(folder);
        var file = new ReportFile(Path.Combine(folder, name));
        file.DemandPlace();
        file.DemandApart(new ProtectedFiles(warehouse, pipeline));
        if (FileFacts.KindOf(file.Path) == PathKind.File && !IsExport(file.Path))
            throw LoyaltyErrors.ReportUnwritable.Because(
                $"The report {file.Path} cannot be written: there is another file of that name, which is no such report.", file.Path,
                "Name another folder, or move that file.");
        file.DemandWritable();
        return file;
    }

    private static bool IsExport(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var head = new char[HeadChars];
            var count = reader.ReadBlock(head);
            return head.AsSpan(0, count).Contains(SubjectDocument.Kind, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileUse.ErrorOf(exception, path, "read")
                ?? LoyaltyErrors.ReportUnwritable.Because(
                    $"The report {path} cannot be written: {exception.Message}", path, cause: exception);
        }
    }
}
