using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Publishing;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Delivery.Clearing;

/// <summary>One run that clears a destination, and what it has removed so far.</summary>
internal sealed class ClearRun(RunContext context, IObjectStore store, ClearOptions options)
    : RunFrame<IReadOnlyList<ClearedDelivery>>(context, RunKind.Clear, $"Clearing deliveries to {options.Consumer.Name}", expectedSteps: 2)
{
    private readonly List<ClearedDelivery> _removed = [];

    protected override RunFindings Findings => new() { Totals = new RunTotals(Deleted: _removed.Count) };

    protected override AuditParameters Parameters => new()
    {
        { "consumer", options.Consumer.Name },
        { "destination", store.Location },
        { "older_than", options.OlderThan },
        { "unfinished_for_hours", (long)options.UnfinishedFor.TotalHours },
        { "removed", _removed.Count },
    };

    /// <summary>Finds out what the run would remove.</summary>
    public async Task<IReadOnlyList<ClearedDelivery>> PlanAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken).Select(found => Describe(found.Folder, found.Kind, removed: false))
            .ToListAsync(cancellationToken);

    protected override async Task<IReadOnlyList<ClearedDelivery>> WorkAsync(CancellationToken cancellationToken)
    {
        await Clock.RunAsync("Settle", async () =>
        {
            await new DeliverySettlement(Context, store, options.Consumer).SettleAsync(cancellationToken);
            return null;
        });
        await Clock.RunAsync("Remove", async () =>
        {
            await foreach (var (folder, kind) in FindAsync(cancellationToken))
                await RemoveAsync(folder, kind, cancellationToken);
            return _removed.Count;
        });
        // What has been removed stays so: it is too late to give up.
        await LogSuccessAloneAsync(CancellationToken.None);
        return _removed;
    }

    private async Task RemoveAsync(DeliveryFolder folder, ClearedKind kind, CancellationToken cancellationToken)
    {
        if (_removed.Count == 0)
            await LogBegunAloneAsync(cancellationToken);
        await store.AbortUnfinishedAsync(folder.Path, cancellationToken);
        if (folder.Objects.Count > 0)
            await RemoveObjectsAsync(folder, cancellationToken);
        _removed.Add(Describe(folder, kind, removed: true));
    }

    private async Task LogBegunAloneAsync(CancellationToken cancellationToken)
    {
        await Session.BeginAsync(cancellationToken);
        await LogBegunAsync(cancellationToken);
        await Session.CommitAsync(cancellationToken);
    }

    // The log says so as soon as nobody sees the delivery any more: where a file of it cannot be removed, the next one knows what was begun
    // here.
    private async Task RemoveObjectsAsync(DeliveryFolder folder, CancellationToken cancellationToken)
    {
        await store.DeleteAsync([folder.ManifestKey], cancellationToken);
        await DeliveryLog.ClearAsync(Session, store.Location, folder.Path, CancellationToken.None);
        await store.RemoveFilesAsync(folder.Path, cancellationToken);
    }

    private async IAsyncEnumerable<(DeliveryFolder Folder, ClearedKind Kind)> FindAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cleared = await DeliveryLog.ClearedAsync(Session, store.Location, cancellationToken);
        var folders = await DeliveryFolder.ListAsync(store, $"{options.Consumer.Name}/", cancellationToken);
        var forgotten = DateTime.UtcNow - options.UnfinishedFor;
        foreach (var feed in folders.GroupBy(folder => folder.FeedFolder, StringComparer.Ordinal))
        {
            var manifests = await ReadManifestsAsync(feed, cancellationToken);
            var needed = await FindNeededAsync(feed.Key, manifests, cancellationToken);
            foreach (var folder in feed.Where(IsAskedFor))
            {
                var manifest = manifests.GetValueOrDefault(folder.DeliveryId);
                var isNeeded = manifest is not null && needed.Contains(folder.DeliveryId);
                if (isNeeded)
                    TellOfNeeded(folder);
                if (manifest is null && folder.HasContent && folder.TouchedAt <= cleared.GetValueOrDefault(folder.Path))
                    yield return (folder, ClearedKind.Delivery);
                else if (manifest is not null && !isNeeded && IsWanted(manifest))
                    yield return (folder, ClearedKind.Delivery);
                // A delivery that stays may have unfinished uploads too.
                else if ((manifest is null ? folder : folder with { Objects = [] }) is { HasContent: true } leftover
                    && leftover.TouchedAt < forgotten)
                    yield return (leftover, ClearedKind.Leftover);
            }
        }
    }

    private bool IsAskedFor(DeliveryFolder folder) => options.DeliveryIds?.Contains(folder.DeliveryId) != false;

    private bool IsWanted(DeliveryManifest manifest) =>
        options.DeliveryIds is not null || DateOnly.FromDateTime(manifest.CreatedAt) < options.OlderThan;

    // Who names a delivery expects it to go.
    private void TellOfNeeded(DeliveryFolder folder)
    {
        if (options.DeliveryIds is not null)
            Reporter.Warning(
                $"The delivery {folder.DeliveryId} to {options.Consumer.Name} stays: latest.json points to it, or to a Diff that is added to it.");
    }

    private async Task<Dictionary<string, DeliveryManifest>> ReadManifestsAsync(
        IEnumerable<DeliveryFolder> folders, CancellationToken cancellationToken)
    {
        var manifests = new Dictionary<string, DeliveryManifest>(StringComparer.Ordinal);
        foreach (var folder in folders.Where(folder => folder.HasManifest))
        {
            if (await store.ReadAsync(folder.ManifestKey, cancellationToken) is { } text)
                manifests[folder.DeliveryId] = ManifestJson.ReadManifest(
                    text.Content, DestinationText.At(store.Location, folder.ManifestKey));
        }

        return manifests;
    }

    private async Task<HashSet<string>> FindNeededAsync(
        string feedFolder, Dictionary<string, DeliveryManifest> manifests, CancellationToken cancellationToken)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var latest = await LatestPointer.ReadAsync(store, feedFolder, cancellationToken);
        if (latest.Failure is { } failure)
            throw failure;
        var next = latest.Delivery?.DeliveryId;
        while (next is not null && needed.Add(next))
            next = manifests.GetValueOrDefault(next)?.BaseDeliveryId;
        return needed;
    }

    private ClearedDelivery Describe(DeliveryFolder folder, ClearedKind kind, bool removed) =>
        new(
            kind, folder.DeliveryId, DestinationText.At(store.Location, folder.Path), folder.Objects.Count + folder.Uploads.Count,
            folder.Objects.Sum(entry => entry.Bytes), removed);
}
