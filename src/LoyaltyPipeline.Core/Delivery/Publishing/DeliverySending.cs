using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Publishing;

/// <summary>Sends the files of a delivery and writes down who is in it.</summary>
internal sealed class DeliverySending(
    IWarehouse warehouse, IWarehouseSession session, IObjectStore store, DeliveryOptions options, DeliveryPlan plan, IRunReporter reporter)
{
    /// <summary>Sends.</summary>
    /// <param name="delivery">The delivery, which has been noted as begun.</param>
    /// <param name="cancellationToken">Gives up; what was sent stays where it is.</param>
    /// <returns>The files, in order.</returns>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>: what is delivered was changed meanwhile; and those of the
    /// destination.</exception>
    public async Task<IReadOnlyList<ManifestFile>> SendAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        await using var threads = await EngineBounds.OneThreadEachAsync(session, cancellationToken);
        var files = plan.Mode == DeliveryMode.Full
            ? await SendFullAsync(delivery, cancellationToken)
            : await SendDiffAsync(delivery, cancellationToken);
        await DemandNobodySuppressedAsync(cancellationToken);
        return files;
    }

    // SUPPRESSION is not the pipeline's to lock. Who came into it while files were written is not sent after all.
    private async Task DemandNobodySuppressedAsync(CancellationToken cancellationToken)
    {
        var suppressed = await session.CountAsync(
            $"SELECT COUNT(*) FROM ({DeliveryUsers.Sent}) AS s WHERE s.USER_ID IN (SELECT USER_ID FROM LOYALTY.SUPPRESSION)",
            cancellationToken);
        if (suppressed > 0)
            throw LoyaltyErrors.ReconciliationFailed.Because(
                $"{suppressed} of the users to be delivered came into SUPPRESSION meanwhile.", plan.Consumer.Name,
                "Deliver again; nothing was published.");
    }

    // Who is in it is written down while the files are sent.
    private async Task<IReadOnlyList<ManifestFile>> SendFullAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        var parts = plan.StoredParts ?? await PartPlan.OfSortedAsync(session, DeliveryUsers.Sent, options.PartBytes, cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var files = CancelOnFailureAsync(
            SendFilesAsync(parts, range => plan.Source.Full(range, parts.IsStoredInOrder), either.Token), either);
        var members = CancelOnFailureAsync(WriteMembersAsync(delivery, either.Token), either);
        await Task.WhenAll(files, members);
        return await files;
    }

    // It is read from what is written down.
    private async Task<IReadOnlyList<ManifestFile>> SendDiffAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        await WriteMembersAsync(delivery, cancellationToken);
        var parts = await PartPlan.OfSortedAsync(
            session, DeliveredMembers.ChangesOf(delivery.FeedId, delivery.SequenceNumber), options.PartBytes, cancellationToken);
        return await SendFilesAsync(parts, range => plan.Source.Diff(range, delivery.FeedId, delivery.SequenceNumber), cancellationToken);
    }

    private async Task<IReadOnlyList<ManifestFile>> SendFilesAsync(
        PartPlan parts, Func<UserRange, string> query, CancellationToken cancellationToken)
    {
        if (parts.Rows == 0)
            return [];
        using var work = new WorkFolder(store);
        await using var sender = new PartSender(warehouse, plan.Consumer, plan.Form, plan.Mode, store, work);
        // Files of text are of one size before they are compressed with gzip.
        var uncompressed = plan.Consumer is { Compression: FileCompression.Gzip, Format: not FileFormat.Parquet }
            ? FileCompression.None
            : plan.Consumer.Compression;
        var sample = await sender.MeasureAsync(parts.Sample, query(parts.Sample.Users), uncompressed, cancellationToken);
        var progress = new TransferProgress($"Delivering to {plan.Consumer.Name}", parts.Rows, reporter);
        var files = plan.Consumer.Stage is { } stage
            ? await SendThroughAsync(stage, parts.Cut(sample), query, progress, work, cancellationToken)
            : await sender.SendAsync(parts.Cut(sample), query, plan.Folder, progress, cancellationToken);
        await store.AbortUnfinishedAsync(plan.Folder, cancellationToken);
        return files;
    }

    private async Task<IReadOnlyList<ManifestFile>> SendThroughAsync(
        StageLocation stage, IReadOnlyList<DeliveryPart> parts, Func<UserRange, string> query, TransferProgress progress, WorkFolder work,
        CancellationToken cancellationToken)
    {
        await using var sessions = new UnloadSessions(warehouse, plan.Form, StagedPartSender.PartsAtOnce);
        return await new StagedPartSender(sessions, stage, plan, store, work).SendAsync(parts, query, progress, cancellationToken);
    }

    private static async Task<T> CancelOnFailureAsync<T>(Task<T> work, CancellationTokenSource either)
    {
        try
        {
            return await work;
        }
        catch
        {
            await either.CancelAsync();
            throw;
        }
    }

    private async Task<long> WriteMembersAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken);
        await DeliveredMembers.WriteAsync(session, delivery.FeedId, delivery.SequenceNumber, plan.Stage, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return plan.Stage.Changes.Rows;
    }
}
