using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Delivery.Publishing;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.RunEvents;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery;

/// <summary>
/// One run that delivers: it plans, sends files, publishes and logs, in this order; each takes what the one before has found.
/// </summary>
internal sealed class DeliveryRun(
    RunContext context, IObjectStore store, DeliveryOptions options, IReadOnlyDictionary<string, TableShape> tables)
    : RunFrame<DeliveryResult>(context, RunKind.Deliver, $"Delivering to {options.Consumer.Name}", expectedSteps: 4)
{
    // An id, what became of the user, and cells without a value.
    private const int RemovedRowBytes = 64;

    private const string BaseMissing = nameof(BaseMissing);

    private readonly DeliverySettlement _settlement = new(context, store, options.Consumer);
    private DeliveryPlan? _plan;

    protected override RunFacts Facts => new(RunId, $"deliver.{options.Consumer.Name}")
    {
        Inputs = [Pipeline.Catalog.Master],
        Destination = store.Location,
    };

    /// <summary>Finds out what the run would do.</summary>
    public async Task<DeliveryResult> PlanAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken);
        if ((await DeliveryLog.UnfinishedAsync(Session, options.Consumer.Name, store.Location, cancellationToken)).Count > 0)
            Reporter.Warning(
                $"An earlier delivery to {options.Consumer.Name} was interrupted; the next one settles it first, and may count otherwise.");
        var plan = await MakePlanAsync(cancellationToken);
        return DeliveryResult.Planned(plan, await EstimateAsync(plan, cancellationToken), Clock.Seconds);
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
        var plan = await MakePlanAsync(cancellationToken);
        var latest = await LatestPointer.ReadAsync(store, DeliveryLayout.FeedFolder(options.Consumer), cancellationToken);
        if (latest.Failure is { } failure)
            Reporter.Warning($"What was at {latest.Place} is replaced: {failure.Message}");
        if (plan.IsRepetition && await FindSentAsync(plan, cancellationToken) is { } sent)
            return await RepeatAsync(plan, sent, latest, cancellationToken);
        if (plan.Guards.Count > 0)
            PassGuards(plan);
        await Reporter.SettleAsync(cancellationToken);
        return await DeliverAsync(plan, latest, cancellationToken);
    }

    protected override RunFindings Findings => new()
    {
        Day = _plan?.Day.Day,
        Totals = _plan?.Users is { Changes: var changes, Audience: var audience }
            ? new RunTotals(changes.Added, changes.Changed, changes.Removed, audience - changes.Added - changes.Changed)
            : new RunTotals(),
        Forced = options.Force,
        Guards = _plan?.Guards ?? [],
    };

    protected override AuditParameters Parameters => new()
    {
        { "consumer", options.Consumer.Name },
        { "segment", options.Consumer.Segment },
        { "destination", store.Location },
        { "mode", options.Mode },
        { "as_of", options.AsOf },
        { "delivery_id", _plan?.DeliveryId },
        { "force", options.Force },
    };

    private Task CheckAsync(CancellationToken cancellationToken) => Clock.RunAsync("Check the destination", async () =>
    {
        await store.CheckAsync(cancellationToken);
        if (options.Consumer.Stage is { } stage)
            await StageCheck.DemandAsync(Session, options.Consumer, stage, store.Location, cancellationToken);
        return null;
    });

    private async Task<DeliveryPlan> MakePlanAsync(CancellationToken cancellationToken) => _plan = await Clock.RunAsync(
        "Plan",
        async () =>
        {
            var today = DateOnly.FromDateTime(Clock.StartedAt);
            var plan = await new DeliveryPlanner(Pipeline, Session, tables, today).PlanAsync(options, store.Location, cancellationToken);
            WarnOfDropped(plan);
            WarnOfUnreadable(plan);
            var missing = await FindMissingBaseAsync(plan, cancellationToken);
            return missing is null ? plan : plan with { Guards = [.. plan.Guards, missing] };
        },
        plan => plan.Users.Audience);

    // The lists that consumers have without a word name what another redaction would show.
    private void WarnOfDropped(DeliveryPlan plan)
    {
        if (PipelineConfig.Default.Consumers.Values.Any(known => known.Columns.SequenceEqual(plan.Consumer.Columns, StringComparer.Ordinal)))
            return;
        foreach (var column in plan.Form.NamedAndDropped)
            Reporter.Warning(
                $"{column} is named among the columns of {plan.Consumer.Name} and is not delivered: the consumer's redaction drops it.");
    }

    private void WarnOfUnreadable(DeliveryPlan plan)
    {
        if (plan.UnreadableNumbers == 0)
            return;
        var region = plan.Consumer.Redaction.DefaultRegion;
        var remedy = region is null
            ? "are read where 'default_region' of the consumer's redaction says whose they are"
            : $"are taken for those of {region}";
        Reporter.Warning(
            $"Of {plan.Users.Audience} users for {plan.Consumer.Name}, {plan.UnreadableNumbers} have a telephone number that cannot be "
            + $"read and is delivered as NULL. Numbers without a country code {remedy}.");
    }

    // What a Diff is added to may have been taken away from the destination; then only who has loaded it before can use the Diff.
    private async Task<TrippedGuard?> FindMissingBaseAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Mode == DeliveryMode.Full || plan.IsRepetition || plan.Newest is not { } before
            || await store.ReadAsync(DeliveryLayout.ManifestKey(before.Folder), cancellationToken) is not null)
            return null;
        var place = DestinationText.At(before.Destination, before.Folder);
        return new TrippedGuard(
            BaseMissing,
            $"the delivery {before.DeliveryId} of {before.Day:yyyy-MM-dd}, to which the Diff is to be added, is no longer at {place}");
    }

    // Of who is removed there is next to nothing to write, and there may be nobody else.
    private async Task<long> EstimateAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Rows == 0 || plan.Users.Audience == 0)
            return plan.Rows * RemovedRowBytes;
        var full = plan with { Options = plan.Options with { Mode = DeliveryMode.Full } };
        return await new DeliverySender(Context, store, full).EstimateAsync(plan.Rows, cancellationToken);
    }

    private async Task<StoredDelivery?> FindSentAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        var stored = (await StoredDelivery.FindAsync(store, plan.Folder, cancellationToken))?.Expecting(plan.Previous!.Rows);
        if (stored is { Fault: null })
            return stored;
        var place = DestinationText.At(store.Location, plan.Folder);
        return plan.Mode == DeliveryMode.Full
            ? null
            : throw LoyaltyErrors.DeliveryNotFound.Because(
                $"The delivery {plan.DeliveryId} was made, but at {place} it {stored?.Fault ?? "has no manifest"}.",
                plan.DeliveryId, "Deliver with -Mode Full; a Diff cannot be made twice.");
    }

    private async Task<DeliveryResult> RepeatAsync(
        DeliveryPlan plan, StoredDelivery sent, LatestPointer latest, CancellationToken cancellationToken)
    {
        // Where it points elsewhere, somebody else has delivered since.
        if (!plan.IsBackfill && latest.Delivery is null
            && !await latest.TryMoveAsync(sent.Manifest!, sent.ManifestSha256, cancellationToken))
            throw plan.Conflict();
        await LogSuccessAloneAsync(cancellationToken);
        return DeliveryResult.Made(plan, sent.Manifest!, isNew: false, Clock.Seconds);
    }

    private void PassGuards(DeliveryPlan plan)
    {
        var reasons = string.Join("; ", plan.Guards.Select(guard => guard.Reason));
        if (!options.Force)
        {
            var remedy = plan.Guards.All(guard => guard.Name == BaseMissing)
                ? "Deliver with -Mode Full; a consumer that takes files away once it has loaded them is sent the Diff with -Force."
                : "Check that the sources are complete; if the change is meant, run again with -Force.";
            throw LoyaltyErrors.GuardTripped.Because(
                $"The delivery to {plan.Consumer.Name} was stopped: {reasons}.", plan.Consumer.Name, $"{remedy} Nothing was sent.");
        }

        Reporter.Warning($"Forced past a guard: {reasons}.");
    }

    // Whatever fails before the end is taken back.
    private async Task<DeliveryResult> DeliverAsync(DeliveryPlan plan, LatestPointer latest, CancellationToken cancellationToken)
    {
        // The same delivery may have been made before: by settings that were changed since and are as they were, or by a warehouse that was
        // lost.
        var known = (await StoredDelivery.FindAsync(store, plan.Folder, cancellationToken))?.Expecting(plan.Rows);
        var whole = known is { Fault: null } ? known : null;
        var publication = new DeliveryPublication(store, plan, latest, whole);
        var delivery = DeliveryRecord.Begin(
            plan, RunId, await DeliveryLog.NextNumberAsync(Session, cancellationToken), Clock.StartedAt);
        await NoteBegunAsync(delivery, plan, withMembers: whole is not null, cancellationToken);
        try
        {
            if (known?.Fault is { } fault)
                await RemoveFaultyAsync(plan, fault, cancellationToken);
            var manifest = whole?.Manifest ?? await SendAsync(plan, delivery, cancellationToken);
            var published = await Clock.RunAsync("Publish", () => publication.PublishAsync(manifest, cancellationToken), _ => null);
            await NotePublishedAsync(delivery, published);
            return DeliveryResult.Made(plan, manifest, published.IsNew, Clock.Seconds);
        }
        catch
        {
            await Session.RollbackAsync();
            await _settlement.TakeBackAsync(delivery, publication.Standing);
            throw;
        }
    }

    // Where there is a manifest, an interrupted delivery is completed: then who is in it must be written down no later than that it was
    // begun.
    private async Task NoteBegunAsync(DeliveryRecord delivery, DeliveryPlan plan, bool withMembers, CancellationToken cancellationToken)
    {
        await Session.BeginAsync(cancellationToken);
        await DeliveryLog.StartAsync(Session, delivery, cancellationToken);
        if (withMembers)
            await DeliveredMembers.AddToAsync(Session, delivery, plan.Users, cancellationToken);
        await LogBegunAsync(cancellationToken);
        await Session.CommitAsync(cancellationToken);
    }

    // Its manifest goes first, so that nobody takes for whole what is being replaced.
    private async Task RemoveFaultyAsync(DeliveryPlan plan, string fault, CancellationToken cancellationToken)
    {
        Reporter.Warning($"The delivery {plan.DeliveryId} at {DestinationText.At(store.Location, plan.Folder)} {fault}; it is sent again.");
        await Reporter.SettleAsync(cancellationToken);
        await store.RemoveFolderAsync(plan.Folder, cancellationToken);
    }

    private async Task<DeliveryManifest> SendAsync(DeliveryPlan plan, DeliveryRecord delivery, CancellationToken cancellationToken)
    {
        var sender = new DeliverySender(Context, store, plan);
        var files = await Clock.RunAsync("Send", () => sender.SendAsync(delivery, cancellationToken), _ => plan.Rows);
        return DeliveryManifest.Of(plan, delivery, files, Pipeline.ModuleVersion);
    }

    // What is published stays so. If it cannot be noted, the next run does so.
    private async Task NotePublishedAsync(DeliveryRecord delivery, PublishedDelivery published)
    {
        await Session.BeginAsync(CancellationToken.None);
        await DeliveryLog.PublishAsync(
            Session, delivery, published.Manifest, published.ManifestSha256, DateTime.UtcNow, CancellationToken.None);
        await LogSuccessAsync(CancellationToken.None);
        await Session.CommitAsync(CancellationToken.None);
    }
}
