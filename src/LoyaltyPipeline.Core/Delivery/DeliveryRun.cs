using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Delivery.Publishing;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>One run that delivers, and what it has found out so far.</summary>
internal sealed class DeliveryRun(
    RunContext context, IObjectStore store, DeliveryOptions options, IReadOnlyDictionary<string, TableShape> tables)
    : RunFrame<DeliveryResult>(context, RunKind.Deliver, $"Delivering to {options.Consumer.Name}", expectedSteps: 4)
{
    // An id, what became of the user, and cells without a value.
    private const int RemovedRowBytes = 64;

    private const string BaseMissing = nameof(BaseMissing);

    private readonly DeliverySettlement _settlement = new(context.Session, store, options.Consumer, context.Reporter);
    private DeliveryPlan? _plan;

    private DeliveryPlan Plan => _plan ?? throw new InvalidOperationException("Nothing has been planned yet.");

    /// <summary>Finds out what the run would do.</summary>
    public async Task<DeliveryResult> PlanAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken);
        if ((await DeliveryLog.UnfinishedAsync(Session, options.Consumer.Name, store.Location, cancellationToken)).Count > 0)
            Reporter.Warning(
                $"An earlier delivery to {options.Consumer.Name} was interrupted; the next one settles it first, and may count otherwise.");
        await PlanStepAsync(cancellationToken);
        return Result(DeliveryOutcome.Planned, Plan.Rows, await EstimateAsync(cancellationToken), []);
    }

    // What bounds the memory is taken back once what failed has been rolled back.
    public override async Task<DeliveryResult> RunLoggedAsync(CancellationToken cancellationToken)
    {
        await using var memory = await EngineBounds.MemoryAsync(Session, cancellationToken);
        return await base.RunLoggedAsync(cancellationToken);
    }

    protected override async Task<DeliveryResult> WorkAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken);
        await _settlement.SettleAsync(cancellationToken);
        await PlanStepAsync(cancellationToken);
        var latest = await LatestPointer.ReadAsync(store, DeliveryLayout.FeedFolder(options.Consumer), cancellationToken);
        if (latest.Failure is { } failure)
            Reporter.Warning($"What was at {latest.Place} is replaced: {failure.Message}");
        if (Plan.IsRepetition && await FindSentAsync(cancellationToken) is { } sent)
            return await RepeatAsync(sent, latest, cancellationToken);

        if (Plan.Guards.Count > 0)
            PassGuards();
        return await new DeliveryPublication(Pipeline, Warehouse, Session, store, options, Plan, latest, Clock, _settlement, Reporter)
            .PublishAsync(RunId, options.Force, LogSuccessAsync, Result, cancellationToken);
    }

    protected override RunFindings Findings => new()
    {
        Day = _plan?.Day.Day,
        Totals = _plan is { Stage: var stage }
            ? new RunTotals(
                stage.Changes.Added, stage.Changes.Changed, stage.Changes.Removed,
                stage.Audience.Users - stage.Changes.Added - stage.Changes.Changed)
            : new RunTotals(),
        Forced = options.Force,
        Guards = _plan?.Guards ?? [],
    };

    private Task CheckAsync(CancellationToken cancellationToken) => Clock.RunAsync("Check the destination", async () =>
    {
        await store.CheckAsync(cancellationToken);
        if (options.Consumer.Stage is { } stage)
            await StageCheck.DemandAsync(Session, options.Consumer, stage, store.Location, cancellationToken);
        return null;
    });

    private Task PlanStepAsync(CancellationToken cancellationToken) => Clock.RunAsync("Plan", async () =>
    {
        _plan = await new DeliveryPlanner(Pipeline, Session, tables).PlanAsync(options, store.Location, cancellationToken);
        if (await FindMissingBaseAsync(_plan, cancellationToken) is { } missing)
            _plan = _plan with { Guards = [.. _plan.Guards, missing] };
        return _plan.Stage.Audience.Users;
    });

    // What a Diff is added to may have been taken away from the destination; then only who has loaded it before can use the Diff.
    private async Task<TrippedGuard?> FindMissingBaseAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Mode == DeliveryMode.Full || plan.IsRepetition || plan.Newest is not { } before
            || await store.ReadAsync(DeliveryLayout.ManifestKey(before.Folder), cancellationToken) is not null)
            return null;
        return new TrippedGuard(
            BaseMissing,
            $"the delivery {before.DeliveryId} of {before.Day:yyyy-MM-dd}, to which the Diff is to be added, is no longer at {DestinationText.At(before.Destination, before.Folder)}");
    }

    // Written for trial: a sample tells the size of all. Of who is removed there is next to nothing to write, and there may be nobody else.
    private async Task<long> EstimateAsync(CancellationToken cancellationToken)
    {
        if (Plan.Rows == 0)
            return 0;
        if (Plan.Stage.Audience.Users == 0)
            return Plan.Rows * RemovedRowBytes;
        // Not in the destination: a plan leaves it as it is.
        using var work = new WorkFolder(store, Path.GetTempPath());
        await using var sender = new PartSender(Warehouse, Plan.Consumer, Plan.Form, DeliveryMode.Full, store, work);
        var parts = Plan.StoredParts ?? await PartPlan.OfSortedAsync(Session, DeliveryUsers.Sent, options.PartBytes, cancellationToken);
        var bytes = await sender.MeasureAsync(
            parts.Sample, Plan.Source.Full(parts.Sample.Users, parts.IsStoredInOrder), Plan.Consumer.Compression, cancellationToken);
        return bytes * Plan.Rows / parts.Sample.Rows;
    }

    private async Task<StoredDelivery?> FindSentAsync(CancellationToken cancellationToken)
    {
        var stored = (await StoredDelivery.FindAsync(store, Plan.Folder, cancellationToken))?.Expecting(Plan.Previous!.Rows);
        if (stored is { Fault: null })
            return stored;
        return Plan.Mode == DeliveryMode.Full
            ? null
            : throw LoyaltyErrors.DeliveryNotFound.Because(
                $"The delivery {Plan.DeliveryId} was made, but at {DestinationText.At(store.Location, Plan.Folder)} it {stored?.Fault ?? "has no manifest"}.", Plan.DeliveryId, "Deliver with -Mode Full; a Diff cannot be made twice.");
    }

    private async Task<DeliveryResult> RepeatAsync(StoredDelivery sent, LatestPointer latest, CancellationToken cancellationToken)
    {
        var manifest = sent.Manifest!;
        // Where it points elsewhere, somebody else has delivered since.
        if (!Plan.IsBackfill && latest.Delivery is null && !await latest.TryMoveAsync(manifest, sent.ManifestSha256, cancellationToken))
            throw LoyaltyErrors.DeliveryConflict.Because(
                $"Somebody else delivered {SegmentNames.Of(Plan.Consumer.Segment)} to {Plan.Consumer.Name} at {store.Location} meanwhile.",
                Plan.Consumer.Name);
        await LogSuccessAsync(cancellationToken);
        return Result(DeliveryOutcome.AlreadyThere, manifest.Rows, manifest.Files.Sum(file => file.Bytes), manifest.Files);
    }

    private void PassGuards()
    {
        var reasons = string.Join("; ", Plan.Guards.Select(guard => guard.Reason));
        if (!options.Force)
        {
            var remedy = Plan.Guards.All(guard => guard.Name == BaseMissing)
                ? "Deliver with -Mode Full; a consumer that takes files away once it has loaded them is sent the Diff with -Force."
                : "Check that the sources are complete; if the change is meant, run again with -Force.";
            throw LoyaltyErrors.GuardTripped.Because(
                $"The delivery to {Plan.Consumer.Name} was stopped: {reasons}.", Plan.Consumer.Name, $"{remedy} Nothing was sent.");
        }

        Reporter.Warning($"Forced past a guard: {reasons}.");
    }

    private DeliveryResult Result(DeliveryOutcome outcome, long rows, long bytes, IReadOnlyList<ManifestFile> files) => new()
    {
        DeliveryId = Plan.DeliveryId,
        Consumer = Plan.Consumer.Name,
        Segment = SegmentNames.Of(Plan.Consumer.Segment),
        Outcome = outcome,
        Mode = Plan.Mode,
        RunDate = Midnight.Of(Plan.Day.Day),
        Manifest = DestinationText.At(store.Location, DeliveryLayout.ManifestKey(Plan.Folder)),
        BaseDeliveryId = Plan.BaseDeliveryId,
        IsBackfill = Plan.IsBackfill,
        Audience = Plan.Stage.Audience.Users,
        Rows = rows,
        Bytes = bytes,
        Added = Plan.Stage.Changes.Added,
        Changed = Plan.Stage.Changes.Changed,
        Removed = Plan.Stage.Changes.Removed,
        LeftOut = Plan.Stage.LeftOut,
        Guards = Plan.Guards,
        Files = files,
        Seconds = Clock.Seconds,
    };
}
