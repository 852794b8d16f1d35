using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Publishing;

/// <summary>
/// Publishes a delivery: it is noted as begun, its files are sent while who is in it is written down, then comes the manifest, then
/// <c>latest.json</c>, then the note that it is published. Whatever fails before the end is taken back.
/// </summary>
internal sealed class DeliveryPublication(
    PipelineDefinition pipeline, IWarehouse warehouse, IWarehouseSession session, IObjectStore store, DeliveryOptions options,
    DeliveryPlan plan, LatestPointer latest, StepClock clock, DeliverySettlement settlement, IRunReporter reporter)
{
    // Long enough for a list and a deletion, short enough for one who has pressed Ctrl+C.
    private static readonly TimeSpan PatienceForRemoval = TimeSpan.FromSeconds(30);

    private readonly string _manifestKey = DeliveryLayout.ManifestKey(plan.Folder);
    private bool _mayRemove = true;

    // Whether consumers may be reading it, so that it is neither to be removed nor known to be published.
    private bool _isUncertain;

    /// <summary>Publishes.</summary>
    /// <param name="isForced">Whether guards were told to let it pass.</param>
    /// <param name="logRun">Writes the run into the log, as one that succeeded.</param>
    /// <param name="result">Makes the result.</param>
    public async Task<DeliveryResult> PublishAsync(
        string runId, bool isForced, Func<CancellationToken, Task> logRun,
        Func<DeliveryOutcome, long, long, IReadOnlyList<ManifestFile>, DeliveryResult> result, CancellationToken cancellationToken)
    {
        // The same delivery may have been made before: by settings that were changed since and are as they were, or by a warehouse that was
        // lost.
        var known = (await StoredDelivery.FindAsync(store, plan.Folder, cancellationToken))?.Expecting(plan.Rows);
        var reused = known is { Fault: null } ? known : null;
        _mayRemove = reused is null;
        var delivery = Begin(runId, isForced, await DeliveryLog.NextNumberAsync(session, cancellationToken));
        await StartAsync(delivery, withMembers: reused is not null, cancellationToken);
        try
        {
            if (known?.Fault is { } fault)
                await ClearAsync(fault, cancellationToken);
            var manifest = reused?.Manifest ?? await SendAsync(delivery, cancellationToken);
            var text = reused?.Text ?? ManifestJson.Write(manifest);
            await clock.RunAsync("Publish", async () =>
            {
                await ShowAsync(delivery, manifest, text, isNew: reused is null, cancellationToken);
                return null;
            });
            // What is published stays so. If it cannot be noted, the next run does so.
            _isUncertain = true;
            await session.BeginAsync(CancellationToken.None);
            await DeliveryLog.PublishAsync(session, delivery, manifest, TextHash.Sha256(text), DateTime.UtcNow, CancellationToken.None);
            await logRun(CancellationToken.None);
            await session.CommitAsync(CancellationToken.None);
            return result(
                reused is null ? DeliveryOutcome.Published : DeliveryOutcome.AlreadyThere, manifest.Rows,
                manifest.Files.Sum(file => file.Bytes), manifest.Files);
        }
        catch
        {
            await session.RollbackAsync();
            await TakeBackAsync(delivery);
            throw;
        }
    }

    private async Task<DeliveryManifest> SendAsync(DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        IReadOnlyList<ManifestFile> files = [];
        await clock.RunAsync("Send", async () =>
        {
            files = await new DeliverySending(warehouse, session, store, options, plan, reporter).SendAsync(delivery, cancellationToken);
            return plan.Rows;
        });
        return ManifestOf(delivery, files);
    }

    // Its manifest goes first, so that nobody takes for whole what is being replaced.
    private async Task ClearAsync(string fault, CancellationToken cancellationToken)
    {
        reporter.Warning($"The delivery {plan.DeliveryId} at {DestinationText.At(store.Location, plan.Folder)} {fault}; it is sent again.");
        await store.RemoveFolderAsync(plan.Folder, cancellationToken);
    }

    // Where there is a manifest, an interrupted delivery is completed: then who is in it must be written down no later than that it was
    // begun.
    private async Task StartAsync(DeliveryRecord delivery, bool withMembers, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken);
        await DeliveryLog.StartAsync(session, delivery, cancellationToken);
        if (withMembers)
            await DeliveredMembers.WriteAsync(session, delivery.FeedId, delivery.SequenceNumber, plan.Stage, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private async Task ShowAsync(
        DeliveryRecord delivery, DeliveryManifest manifest, string text, bool isNew, CancellationToken cancellationToken)
    {
        if (!delivery.IsBackfill && !await latest.IsCurrentAsync(cancellationToken))
            throw Conflict();
        if (isNew && !await store.TryWriteAsync(_manifestKey, text, expectedVersion: null, cancellationToken))
        {
            // What lies there is somebody else's now.
            _mayRemove = false;
            throw Conflict();
        }

        if (!delivery.IsBackfill)
            await MoveLatestAsync(manifest, TextHash.Sha256(text), cancellationToken);
    }

    private async Task MoveLatestAsync(DeliveryManifest manifest, string manifestSha256, CancellationToken cancellationToken)
    {
        try
        {
            if (!await latest.TryMoveAsync(manifest, manifestSha256, cancellationToken))
                throw Conflict();
        }
        catch (Exception failure) when (failure is OperationCanceledException or LoyaltyException { Definition.Kind: not ErrorKind.Busy })
        {
            // It may have moved before the answer was lost; consumers may be reading already.
            _isUncertain = true;
            using var patience = new CancellationTokenSource(PatienceForRemoval);
            var found = await LatestPointer.ReadAsync(store, DeliveryLayout.FeedFolder(plan.Consumer), patience.Token);
            _isUncertain = false;
            if (found.Delivery?.DeliveryId == manifest.DeliveryId)
                return;
            throw;
        }
    }

    private LoyaltyException Conflict() =>
        LoyaltyErrors.DeliveryConflict.Because(
            $"Somebody else delivered {SegmentNames.Of(plan.Consumer.Segment)} to {plan.Consumer.Name} at {store.Location} meanwhile.",
            plan.Consumer.Name);

    // The failure itself comes first: where the store cannot be reached, the next run settles what is left.
    private async Task TakeBackAsync(DeliveryRecord delivery)
    {
        using var patience = new CancellationTokenSource(PatienceForRemoval);
        try
        {
            if (_isUncertain)
            {
                reporter.Warning(
                    $"Whether the delivery {delivery.DeliveryId} is published is for the next delivery to {plan.Consumer.Name} to find out.");
                return;
            }

            if (_mayRemove)
                await settlement.DiscardAsync(delivery, patience.Token);
            else
                await DeliveryLog.FailAsync(session, delivery, patience.Token);
        }
        catch (Exception exception) when (exception is LoyaltyException or OperationCanceledException)
        {
            reporter.Warning(
                $"What was sent of the delivery {delivery.DeliveryId} could not be removed yet ({exception.Message}); the next delivery to {plan.Consumer.Name} does so.");
        }
    }

    private DeliveryRecord Begin(string runId, bool isForced, long number) => new()
    {
        SequenceNumber = number,
        DeliveryId = plan.DeliveryId,
        RunId = runId,
        Status = DeliveryStatus.Started,
        FeedId = plan.FeedId,
        Consumer = plan.Consumer.Name,
        EngagementSegment = plan.Consumer.Segment,
        Destination = plan.Destination,
        Folder = plan.Folder,
        Mode = plan.Mode,
        Day = plan.Day.Day,
        MergeRunId = plan.Day.RunId,
        BaseDeliveryId = plan.BaseDeliveryId,
        IsBackfill = plan.IsBackfill,
        FormSha256 = plan.Form.Sha256,
        Audience = plan.Stage.Audience.Users,
        Added = plan.Stage.Changes.Added,
        Changed = plan.Stage.Changes.Changed,
        Removed = plan.Stage.Changes.Removed,
        LeftOut = plan.Stage.LeftOut,
        Forced = isForced,
        Guards = TrippedGuard.Join(plan.Guards),
        StartedAt = clock.StartedAt,
    };

    private DeliveryManifest ManifestOf(DeliveryRecord delivery, IReadOnlyList<ManifestFile> files) => new()
    {
        FormatVersion = DeliveryManifest.CurrentVersion,
        DeliveryId = delivery.DeliveryId,
        Consumer = delivery.Consumer,
        Segment = delivery.EngagementSegment,
        Mode = delivery.Mode,
        RunDate = delivery.Day,
        CreatedAt = delivery.StartedAt,
        RunId = delivery.MergeRunId,
        MasterScriptSha256 = plan.Day.ScriptSha256,
        ModuleVersion = pipeline.ModuleVersion,
        BaseDeliveryId = delivery.BaseDeliveryId,
        Settings = plan.Form.Settings,
        Columns = plan.Form.ManifestColumns(plan.Mode),
        Audience = delivery.Audience,
        Rows = files.Sum(file => file.Rows),
        Added = delivery.Added,
        Changed = delivery.Changed,
        Removed = delivery.Removed,
        LeftOut = delivery.LeftOut,
        ForcedGuards = [.. plan.Guards.Select(guard => guard.Name)],
        Files = files,
    };
}
