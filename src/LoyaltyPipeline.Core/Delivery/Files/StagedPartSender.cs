using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Delivery.Verification;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>
/// Has the engine write the files of a delivery through a stage, and reads each back from where consumers will: the engine tells no
/// SHA-256, and a manifest promises only what has been seen. Rows go from the engine to the destination; this machine holds one file at a
/// time of each session.
/// </summary>
/// <param name="sessions">The sessions that write.</param>
/// <param name="stage">The place in the stage.</param>
/// <param name="plan">What is delivered.</param>
/// <param name="work">Where files are while they are read.</param>
internal sealed class StagedPartSender(UnloadSessions sessions, StageLocation stage, DeliveryPlan plan, IObjectStore store, WorkFolder work)
{
    /// <summary>How many files are written side by side. The engine does the work, so that this machine's cores do not count.</summary>
    public const int PartsAtOnce = 4;

    private Consumer Consumer => plan.Consumer;

    /// <summary>Writes files and reads them back.</summary>
    /// <param name="query">SQL of the rows of a range of users.</param>
    /// <returns>The files, in order.</returns>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>, <c>StageInvalid</c>, and those of engine and
    /// destination.</exception>
    public async Task<IReadOnlyList<ManifestFile>> SendAsync(
        IReadOnlyList<DeliveryPart> parts, Func<UserRange, string> query, TransferProgress progress, CancellationToken cancellationToken)
    {
        var files = new ManifestFile[parts.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            parts, limits, async (part, token) => files[part.Number - 1] = await SendAsync(part, query(part.Users), progress, token));
        await DemandNothingElseAsync(files, cancellationToken);
        return files;
    }

    private async Task<ManifestFile> SendAsync(
        DeliveryPart part, string query, TransferProgress progress, CancellationToken cancellationToken)
    {
        var name = DeliveryLayout.FileName(part.Number, Consumer);
        var key = $"{plan.Folder}/{name}";
        var format = new UnloadFormat(Consumer.Format, Consumer.Compression, Consumer.NullToken);
        part.Demand(
            await sessions.RunAsync(
                session => session.ExecuteAsync(session.Dialect.Stages!.Unload(stage.At(key), query, format), cancellationToken),
                cancellationToken), Consumer.Name);
        return await work.RunAsync(folder => ReadBackAsync(part, key, Path.Combine(folder, name), progress, cancellationToken));
    }

    private async Task<ManifestFile> ReadBackAsync(
        DeliveryPart part, string key, string path, TransferProgress progress, CancellationToken cancellationToken)
    {
        if (!await store.DownloadAsync(key, path, cancellationToken))
        {
            throw LoyaltyErrors.StageInvalid.Because(
                $"What was written through the stage {stage} is not at {DestinationText.At(store.Location, key)}.",
                stage.ToString(),
                "Let the stage and the destination speak of the same bucket on the same server: see ENDPOINT of the stage, and endpoint and region of the consumer.");
        }

        await DemandPromisedAsync(part, path, cancellationToken);
        var file = new ManifestFile
        {
            Name = Path.GetFileName(path),
            Rows = part.Rows,
            Bytes = new FileInfo(path).Length,
            Sha256 = await FileDigest.Sha256Async(path, cancellationToken),
        };
        PatientFiles.Discard(path);
        progress.Report(part, file.Bytes, file.Bytes);
        return file;
    }

    // An engine does not promise in which order it writes, and whatever it wrote otherwise than promised nobody may read.
    private async Task DemandPromisedAsync(DeliveryPart part, string path, CancellationToken cancellationToken)
    {
        await using var engine = await EmbeddedEngine.OpenAsync(cancellationToken);
        var file = new DeliveredFile(engine.Session, plan.Form.Settings, plan.Form.ManifestColumns(plan.Mode), plan.Mode, path);
        try
        {
            var content = await file.ReadAsync(cancellationToken);
            part.Demand(content.Rows, Consumer.Name);
            if (content.Unordered > 0)
                throw Otherwise(part, $"has {content.Unordered} rows that are not in the order of users");
            if (!(await file.ColumnsAsync(cancellationToken)).SequenceEqual(file.ExpectedColumns(), StringComparer.Ordinal))
                throw Otherwise(part, "has other columns than its manifest would say");
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed)
        {
            // The engine's message would show the value.
            throw Otherwise(part, "cannot be read with the columns and types that its manifest would say");
        }
    }

    private LoyaltyException Otherwise(DeliveryPart part, string what) => LoyaltyErrors.ReconciliationFailed.Because(
        $"File {part.Number}, which was written through the stage {stage}, {what}.", Consumer.Name,
        "Leave the stage out: this machine then writes and sends the files. Nothing was published.");

    // What an interrupted delivery's statement wrote after all was taken back would lie among the files.
    private async Task DemandNothingElseAsync(IReadOnlyList<ManifestFile> files, CancellationToken cancellationToken)
    {
        var listed = await sessions.RunAsync(
            session => session.ListAsync(
                session.Dialect.Stages!.List(stage.At($"{plan.Folder}/")), [],
                reader => (Name: reader.GetString(reader.GetOrdinal("name")), Bytes: reader.LongAt(reader.GetOrdinal("size"))),
                cancellationToken),
            cancellationToken);
        var found = listed.Select(file => (Name: file.Name[(file.Name.LastIndexOf('/') + 1)..], file.Bytes)).ToHashSet();
        found.SymmetricExceptWith(files.Select(file => (file.Name, file.Bytes)));
        if (found.Count > 0)
        {
            var names = SqlText.List(found.Select(file => file.Name).Distinct(StringComparer.Ordinal));
            throw LoyaltyErrors.ReconciliationFailed.Because(
                $"Through the stage {stage} lies in {plan.Folder} what was not written, or otherwise than it was: {names}.", Consumer.Name,
                "Deliver again: what lay there has been removed, and nothing was published.");
        }
    }
}
