using System.Diagnostics;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Clearing;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Deliveries into a folder in which other programs have files open.</summary>
public sealed class HeldFileTests
{
    [Fact]
    public async Task A_latest_json_that_a_consumer_has_open_for_a_moment_delays_a_delivery_and_no_more()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        await scene.DeliverAsync();
        await scene.WriteDayAsync(1);
        var latest = Path.Combine(scene.Destination, "Crm", "HighlyEngaged", "latest.json");
        var held = new FileStream(latest, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var recorder = new RunRecorder();
        var delivery = Task.Run(
            () => scene.DeliverAsync(recorder, DeliveryMode.Full, daysLater: null, force: false, planOnly: false, TestWarehouse.Token),
            TestWarehouse.Token);
        // It reads the file after its plan, and cannot until it is closed.
        while (!recorder.Everything.Any(what => what.Contains("Plan", StringComparison.Ordinal)))
            await Task.Delay(10, TestWarehouse.Token);
        await Task.Delay(200, TestWarehouse.Token);
        Assert.False(delivery.IsCompleted);
        await held.DisposeAsync();

        Assert.Equal(DeliveryOutcome.Published, (await delivery).Outcome);
    }

    [Fact]
    public async Task A_delivery_that_waits_for_a_file_can_be_cancelled_at_once()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        await scene.DeliverAsync();
        await scene.WriteDayAsync(1);
        await using var held = new FileStream(
            Path.Combine(scene.Destination, "Crm", "HighlyEngaged", "latest.json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestWarehouse.Token);

        var recorder = new RunRecorder();
        var delivery = Task.Run(
            () => scene.DeliverAsync(recorder, DeliveryMode.Full, daysLater: null, force: false, planOnly: false, source.Token),
            TestWarehouse.Token);
        while (!recorder.Everything.Any(what => what.Contains("Plan", StringComparison.Ordinal)))
            await Task.Delay(10, TestWarehouse.Token);
        await Task.Delay(200, TestWarehouse.Token);
        await source.CancelAsync();

        // Whoever insisted to the end would find the file in use.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery);
        Assert.Equal(DeliveryStatus.Published, Assert.Single(await scene.LogAsync()).Status);
    }

    [Fact]
    [Unix("Only root on Linux can make a folder immutable.", Linux = true, Root = true)]
    public async Task Files_that_a_delivery_cannot_remove_are_removed_by_the_next_also_where_it_failed()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        string? work = null;
        try
        {
            // The folder as it is when the rows of the first file lie in it.
            await using var observed = new ObservedWarehouse(scene.Test.Warehouse, _ =>
            {
                if (work is not null || Work(scene) is not { } found)
                    return;
                work = found;
                File.WriteAllText(Path.Combine(work, "part-00009"), "USER_ID,EMAIL\n1,u1@example.com\n");
                Change("+i", work);
                throw LoyaltyErrors.QueryFailed.Because("The warehouse is dead.");
            });
            await Assert.ThrowsAsync<LoyaltyException>(
                () => new DeliveryRunner(scene.Test.Pipeline).DeliverAsync(
                    observed, new DeliveryOptions(scene.Consumer, DeliveryMode.Full), scene.Test.Reporter, TestWarehouse.Token));

            Assert.NotNull(work);
            Assert.Empty(await File.ReadAllTextAsync(Path.Combine(work, "part-00009"), TestWarehouse.Token));
        }
        finally
        {
            if (work is not null)
                Change("-i", work);
        }

        Assert.All(await scene.LogAsync(), delivery => Assert.Equal(DeliveryStatus.Failed, delivery.Status));
        await scene.DeliverAsync();
        Assert.Null(Work(scene));
    }

    [Fact]
    public async Task What_a_clear_could_not_finish_the_next_one_finishes_but_for_what_was_sent_since()
    {
        Assert.SkipUnless(
            OperatingSystem.IsWindows() || (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess),
            "Only root on Linux can make a file immutable.");
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        var folder = DeliveryScene.FolderOf(await scene.DeliverAsync());
        await scene.WriteDayAsync(1);
        var newest = await scene.DeliverAsync();
        var part = Path.Combine(folder, "part-00001.csv");

        var failure = await HoldAsync(part, () => Assert.ThrowsAsync<LoyaltyException>(() => ClearAsync(scene)));
        Assert.Equal(OperatingSystem.IsWindows() ? LoyaltyErrors.FileInUse : LoyaltyErrors.DestinationDenied, failure.Definition);
        Assert.Equal([part], Directory.GetFiles(folder));
        var sent = Path.Combine(folder, "part-00002.csv");
        // Another delivery into the same folder is under way.
        await File.WriteAllTextAsync(sent, "x", TestWarehouse.Token);
        Assert.Empty(await ClearAsync(scene));

        File.Delete(sent);
        var cleared = Assert.Single(await ClearAsync(scene));
        Assert.Equal((ClearedKind.Delivery, folder, 1), (cleared.Kind, cleared.Location, cleared.Files));
        Assert.False(Directory.Exists(folder));
        Assert.Empty(await scene.FailuresAsync(newest.Manifest));
        Assert.Empty(await ClearAsync(scene));
    }

    private static Task<IReadOnlyList<ClearedDelivery>> ClearAsync(
        DeliveryScene scene) => new DeliveryCleaner(scene.Test.Pipeline).ClearAsync(
        scene.Test.Warehouse, new ClearOptions(scene.Consumer, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2), TimeSpan.FromDays(1)),
        new RunRecorder(), TestWarehouse.Token);

    // While nobody can remove a file: Windows keeps one that another program has open.
    private static async Task<T> HoldAsync<T>(string file, Func<Task<T>> work)
    {
        if (OperatingSystem.IsWindows())
        {
            using var held = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return await work();
        }

        Change("+i", file);
        try
        {
            return await work();
        }
        finally
        {
            Change("-i", file);
        }
    }

    private static string? Work(DeliveryScene scene) =>
        Directory.Exists(scene.Destination)
            ? Directory.EnumerateDirectories(scene.Destination, ".loyalty-delivery-*").FirstOrDefault()
            : null;

    private static void Change(string attribute, string path)
    {
        using var process = Process.Start("chattr", [attribute, path]);
        process.WaitForExit();
    }
}
