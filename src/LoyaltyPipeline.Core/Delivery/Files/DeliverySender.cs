using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Delivery.Publishing;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>Sends the files of a delivery and writes down who is in it.</summary>
internal sealed class DeliverySender(RunContext context, IObjectStore store, DeliveryPlan plan)
{
    private IWarehouseSession Session => context.Session;

    /// <summary>Sends.</summary>
    /// <param name="delivery">The delivery, which has been noted as begun.</param>
    /// <param name="cancellationToken">Gives up; what was sent stays where it is.</param>
    /// <returns>The files, in order.</returns>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>: what is delivered was changed meanwhile; and those of the
    /// destination.</exception>
    public async Task<IReadOnlyList<ManifestFile>> SendAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        await using var threads = await EngineBounds.OneThreadEachAsync(Session, cancellationToken);
        var files = plan.Mode == DeliveryMode.Full
            ? await SendFullAsync(delivery, cancellationToken)
            : await SendDiffAsync(delivery, cancellationToken);
        await DemandNobodySuppressedAsync(cancellationToken);
        return files;
    }

    /// <summary>Measures how many bytes rows of a Full would be: the users who are written for trial tell the size of all.</summary>
    public async Task<long> EstimateAsync(long rows, CancellationToken cancellationToken)
    {
        // Not in the destination: a plan leaves it as it is.
        using var work = new WorkFolder(store, Path.GetTempPath());
        await using var sender = new PartSender(context.Warehouse, plan, store, work);
        var parts = await CutFullAsync(cancellationToken);
        var query = plan.Sql.Full(parts.Sample.Users, parts.IsStoredInOrder);
        return await sender.MeasureAsync(parts.Sample, query, plan.Consumer.Compression, cancellationToken) * rows / parts.Sample.Rows;
    }

    // Who is in it is written down while the files are sent.
    private async Task<IReadOnlyList<ManifestFile>> SendFullAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        var parts = await CutFullAsync(cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var files = SendFilesAsync(parts, range => plan.Sql.Full(range, parts.IsStoredInOrder), either.Token);
        var members = DeliveredMembers.WriteAsync(Session, delivery, plan.Users, either.Token);
        await Task.WhenAll(CancelOnFailureAsync(files, either), CancelOnFailureAsync(members, either));
        return await files;
    }

    // It is read from what is written down.
    private async Task<IReadOnlyList<ManifestFile>> SendDiffAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        var (feedId, number) = (delivery.FeedId, delivery.SequenceNumber);
        await DeliveredMembers.WriteAsync(Session, delivery, plan.Users, cancellationToken);
        var parts = await PartPlan.OfSortedAsync(
            Session, DeliverySql.ChangesOf(feedId, number), plan.Options.PartBytes, cancellationToken);
        return await SendFilesAsync(parts, range => plan.Sql.Diff(range, feedId, number), cancellationToken);
    }

    private async Task<PartPlan> CutFullAsync(CancellationToken cancellationToken) =>
        plan.StoredParts ?? await PartPlan.OfSortedAsync(Session, DeliverySql.Sent, plan.Options.PartBytes, cancellationToken);

    private async Task<IReadOnlyList<ManifestFile>> SendFilesAsync(
        PartPlan parts, Func<UserRange, string> query, CancellationToken cancellationToken)
    {
        if (parts.Rows == 0)
            return [];
        using var work = new WorkFolder(store);
        await using var sender = new PartSender(context.Warehouse, plan, store, work);
        // Files of text are of one size before they are compressed with gzip.
        var uncompressed = plan.Consumer is { Compression: FileCompression.Gzip, Format: not FileFormat.Parquet }
            ? FileCompression.None
            : plan.Consumer.Compression;
        var sample = await sender.MeasureAsync(parts.Sample, query(parts.Sample.Users), uncompressed, cancellationToken);
        var progress = new TransferProgress($"Delivering to {plan.Consumer.Name}", parts.Rows, context.Reporter);
        var files = plan.Consumer.Stage is { } stage
            ? await SendThroughAsync(stage, parts.Cut(sample), query, progress, work, cancellationToken)
            : await sender.SendAsync(parts.Cut(sample), query, progress, cancellationToken);
        await store.AbortUnfinishedAsync(plan.Folder, cancellationToken);
        return files;
    }

    private async Task<IReadOnlyList<ManifestFile>> SendThroughAsync(
        StageLocation stage, IReadOnlyList<DeliveryPart> parts, Func<UserRange, string> query, TransferProgress progress, WorkFolder work,
        CancellationToken cancellationToken)
    {
        await using var sessions = new UnloadSessions(context.Warehouse, plan.Form, StagedPartSender.PartsAtOnce);
        return await new StagedPartSender(sessions, stage, plan, store, work).SendAsync(parts, query, progress, cancellationToken);
    }

    private static async Task CancelOnFailureAsync(Task work, CancellationTokenSource either)
    {
        try
        {
            await work;
        }
        catch
        {
            await either.CancelAsync();
            throw;
        }
    }

    // SUPPRESSION is not the pipeline's to lock. Who came into it while files were written is not sent after all.
    private async Task DemandNobodySuppressedAsync(CancellationToken cancellationToken)
    {
        var suppressed = await Session.CountAsync(plan.Sql.CountSuppressed, cancellationToken);
        if (suppressed > 0)
            throw LoyaltyErrors.ReconciliationFailed.Because(
                $"{suppressed} of the users to be delivered came into SUPPRESSION meanwhile.", plan.Consumer.Name,
                "Deliver again; nothing was published.");
    }
}
