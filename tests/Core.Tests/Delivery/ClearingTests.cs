using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Clearing;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>What is removed from a destination, and what must stay.</summary>
public sealed class ClearingTests
{
    private static readonly DateOnly Tomorrow = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2);

    [Fact]
    public async Task The_newest_delivery_and_what_it_is_added_to_stay()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        var old = await scene.DeliverAsync();
        var chain = new List<DeliveryResult>();
        foreach (var day in Enumerable.Range(1, 3))
        {
            await scene.SetAsync($"EMAIL = 'day{day}@example.com'", $"USER_ID = {day}");
            await scene.WriteDayAsync(day);
            chain.Add(await scene.DeliverAsync(day == 1 ? DeliveryMode.Full : DeliveryMode.Diff));
        }

        var earlier = await scene.DeliverAsync(daysLater: 0);
        Assert.Equal((old.DeliveryId, DeliveryOutcome.AlreadyThere), (earlier.DeliveryId, earlier.Outcome));
        var cleared = await ClearAsync(scene);

        var removed = Assert.Single(cleared);
        Assert.Equal(
            (ClearedKind.Delivery, old.DeliveryId, DeliveryScene.FolderOf(old), 2, true),
            (removed.Kind, removed.DeliveryId, removed.Location, removed.Files, removed.Removed));
        Assert.False(Directory.Exists(DeliveryScene.FolderOf(old)));
        foreach (var kept in chain)
            Assert.Empty(await scene.FailuresAsync(kept.Manifest));
        Assert.Equal(
            chain.Select(delivery => delivery.DeliveryId),
            (await scene.LogAsync()).Where(delivery => delivery.Status == DeliveryStatus.Published).Select(delivery => delivery.DeliveryId)
                .Reverse());
        Assert.All(
            (await scene.LogAsync()).Where(delivery => delivery.DeliveryId == old.DeliveryId),
            delivery => Assert.Equal(DeliveryStatus.Cleared, delivery.Status));
        Assert.Empty(await ClearAsync(scene));
        // The next delivery goes on from the last.
        Assert.Equal(DeliveryOutcome.AlreadyThere, (await scene.DeliverAsync(DeliveryMode.Diff)).Outcome);
    }

    [Fact]
    public async Task Only_what_is_old_enough_is_removed()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        await scene.DeliverAsync();
        await scene.WriteDayAsync(1);
        await scene.DeliverAsync();

        Assert.Empty(await ClearAsync(scene, olderThan: DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1)));
        Assert.Single(await ClearAsync(scene));
    }

    [Fact]
    public async Task What_is_named_is_removed_and_nothing_else_unless_it_is_needed()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var deliveries = new List<DeliveryResult> { await scene.DeliverAsync() };
        foreach (var day in Enumerable.Range(1, 2))
        {
            await scene.WriteDayAsync(day);
            deliveries.Add(await scene.DeliverAsync());
        }

        var reporter = new RunRecorder();
        var options = new ClearOptions(scene.Consumer, DateOnly.MinValue, TimeSpan.Zero)
        {
            DeliveryIds = new HashSet<string>(StringComparer.Ordinal) { deliveries[1].DeliveryId, deliveries[2].DeliveryId },
        };
        var removed = await new DeliveryCleaner(scene.Test.Pipeline).ClearAsync(
            scene.Test.Warehouse, options, reporter, TestWarehouse.Token);

        Assert.Equal(deliveries[1].DeliveryId, Assert.Single(removed).DeliveryId);
        Assert.Contains(
            $"The delivery {deliveries[2].DeliveryId} to {scene.Consumer.Name} stays", Assert.Single(reporter.Warnings),
            StringComparison.Ordinal);
        Assert.Empty(await scene.FailuresAsync(deliveries[0].Manifest));
        Assert.Empty(await scene.FailuresAsync(deliveries[2].Manifest));
    }

    [Fact]
    public async Task A_plan_says_the_same_and_removes_nothing()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        await scene.DeliverAsync();
        await scene.WriteDayAsync(1);
        await scene.DeliverAsync();
        var (files, state) = (scene.Files(), await scene.StateAsync());
        var plan = await ClearAsync(scene, planOnly: true);

        Assert.Equal(files, scene.Files());
        Assert.Equal(state, await scene.StateAsync());
        Assert.Equal(
            Facts.Of(
                plan.Select(item => new ClearedDelivery(item.Kind, item.DeliveryId, item.Location, item.Files, item.Bytes, removed: true))),
                Facts.Of(await ClearAsync(scene)));
        Assert.False(Assert.Single(plan).Removed);
    }

    [Fact]
    public async Task Leftovers_go_after_their_time_and_foreign_files_stay()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var result = await scene.DeliverAsync();
        var feed = Path.Combine(scene.Destination, "Crm", "HighlyEngaged");
        string[] foreign =
        [
            "notes.txt", "Crm/notes.txt", "Crm/HighlyEngaged/notes.txt", "Crm/HighlyEngaged/run_date=2024-03-31/notes.txt",
            "Crm/HighlyEngaged/run_date=2024-03-31/not-an-id/part-00001.csv",
            "Crm/HighlyEngaged/archive/0123456789abcdef0123/part-00001.csv",
            "Other/HighlyEngaged/run_date=2024-03-31/0123456789abcdef0123/part-00001.csv",
        ];
        foreach (var name in foreign)
            Write(Path.Combine(scene.Destination, name));
        var leftover = Path.Combine(feed, "run_date=2024-03-30", "0123456789abcdef0123");
        Write(Path.Combine(leftover, "part-00001.csv"));
        Write(Path.Combine(leftover, ".part-00002.csv.0.partial"));
        var before = scene.FileNames();

        Assert.Empty(await ClearAsync(scene, unfinishedFor: TimeSpan.FromHours(1)));
        foreach (var file in Directory.GetFiles(scene.Destination, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-2));
        var cleared = Assert.Single(await ClearAsync(scene, unfinishedFor: TimeSpan.FromHours(1)));

        Assert.Equal((ClearedKind.Leftover, leftover, 2), (cleared.Kind, cleared.Location, cleared.Files));
        Assert.False(Directory.Exists(leftover));
        Assert.Equal(before.Where(name => !name.Contains("run_date=2024-03-30", StringComparison.Ordinal)), scene.FileNames());
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
    }

    [Fact]
    public async Task Each_segment_keeps_its_newest()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var one = await scene.DeliverAsync();
        scene.Consumer = scene.Consumer with { Segment = EngagementSegment.LowEngagement };
        var other = await scene.DeliverAsync();

        Assert.Empty(await ClearAsync(scene));
        Assert.Empty(await scene.FailuresAsync(one.Manifest));
        Assert.Empty(await scene.FailuresAsync(other.Manifest));
    }

    [Fact]
    public async Task A_clear_is_in_the_log_also_where_it_found_nothing()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        await scene.DeliverAsync();
        await scene.WriteDayAsync(1);
        await scene.DeliverAsync();

        Assert.Single(await ClearAsync(scene));
        var first = await scene.NewestRunAsync();
        Assert.Empty(await ClearAsync(scene));
        var second = await scene.NewestRunAsync();

        Assert.Equal((RunKind.Clear, RunStatus.Succeeded, 1), (first.Kind, first.Status, first.Deleted));
        Assert.Equal(["Settle", "Remove"], first.Steps.Select(step => step.Step));
        Assert.Equal(scene.Test.Pipeline.ModuleVersion, first.ModuleVersion);
        Assert.Equal((RunKind.Clear, RunStatus.Succeeded, 0), (second.Kind, second.Status, second.Deleted));
        Assert.NotEqual(first.RunId, second.RunId);
    }

    [Fact]
    public async Task So_is_one_that_fails_or_is_stopped()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var damaged = await scene.DeliverAsync();
        await scene.WriteDayAsync(1);
        await scene.DeliverAsync();
        await File.WriteAllTextAsync(damaged.Manifest, "{}", TestWarehouse.Token);

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => ClearAsync(scene));
        var failed = await scene.NewestRunAsync();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestWarehouse.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ClearAsync(scene, new StepAction("Remove", source.Cancel), source.Token));
        var stopped = await scene.NewestRunAsync();

        Assert.Equal(
            (RunKind.Clear, RunStatus.Failed, "ManifestInvalid", failure.Message),
            (failed.Kind, failed.Status, failed.ErrorId, failed.ErrorMessage));
        Assert.Equal(["Settle"], failed.Steps.Select(step => step.Step));
        Assert.Equal((RunKind.Clear, RunStatus.Cancelled, "Cancelled"), (stopped.Kind, stopped.Status, stopped.ErrorId));
        Assert.Equal(["NULL"], await scene.Test.RowsAsync("SELECT RUN_ID FROM LOYALTY.RUN_LOCK"));
    }

    private static void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
    }

    private static Task<IReadOnlyList<ClearedDelivery>> ClearAsync(
        DeliveryScene scene, DateOnly? olderThan = null, TimeSpan? unfinishedFor = null, bool planOnly = false) =>
        new DeliveryCleaner(scene.Test.Pipeline).ClearAsync(
            scene.Test.Warehouse, new ClearOptions(scene.Consumer, olderThan ?? Tomorrow, unfinishedFor ?? TimeSpan.FromDays(1), planOnly),
            new RunRecorder(), TestWarehouse.Token);

    private static Task<IReadOnlyList<ClearedDelivery>> ClearAsync(
        DeliveryScene scene, IRunReporter reporter, CancellationToken cancellationToken) =>
        new DeliveryCleaner(scene.Test.Pipeline).ClearAsync(
            scene.Test.Warehouse, new ClearOptions(scene.Consumer, Tomorrow, TimeSpan.FromDays(1)), reporter, cancellationToken);
}
