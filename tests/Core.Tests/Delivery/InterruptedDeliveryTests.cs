using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Deliveries that do not come to their end, wherever they stop, and those that come after them.</summary>
[Trait("Group", "Crashes")]
public sealed class InterruptedDeliveryTests
{
    [Fact]
    public async Task With_a_manifest_the_next_run_completes_it()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        await scene.DeliverAsync();
        await scene.SetAsync("EMAIL = 'new@example.com'", "USER_ID = 2");
        await scene.WriteDayAsync(1);
        var result = await scene.DeliverAsync();
        var log = (await scene.LogAsync())[0];
        await scene.RunAsync(
            "UPDATE LOYALTY.DELIVERY SET STATUS = 'Started', ROW_COUNT = 0, BYTES = 0, PUBLISHED_AT = NULL, MANIFEST_SHA256 = NULL WHERE SEQUENCE_NUMBER = 2", "DELETE FROM LOYALTY.DELIVERY_FILE WHERE SEQUENCE_NUMBER = 2");
        File.Delete(Path.Combine(scene.Destination, "Crm", "HighlyEngaged", "latest.json"));
        await scene.DeliverAsync(planOnly: true);
        Assert.Contains("was interrupted", Assert.Single(scene.Warnings), StringComparison.Ordinal);

        Assert.Equal((DeliveryOutcome.AlreadyThere, result.DeliveryId), await OutcomeAsync(scene, DeliveryMode.Full));
        var completed = (await scene.LogAsync())[0];
        Assert.Equal(
            (2, DeliveryStatus.Published, log.Rows, log.Bytes, log.ManifestSha256),
            (completed.SequenceNumber, completed.Status, completed.Rows, completed.Bytes, completed.ManifestSha256));
        Assert.Equal(Facts.Of(log.Files), Facts.Of(completed.Files));
        Assert.Equal(result.DeliveryId, scene.Latest()!.DeliveryId);
    }

    [Fact]
    public async Task Without_a_manifest_the_next_run_leaves_nothing_of_it()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        await scene.DeliverAsync();
        var members = await scene.StateAsync("DELIVERED_MEMBER");
        await scene.SetAsync("EMAIL = 'new@example.com'", "USER_ID = 2");
        await scene.SuppressAsync(3);
        await scene.AddUsersAsync(6, 6);
        await scene.WriteDayAsync(1);
        var dead = await scene.DeliverAsync();
        await scene.RunAsync(
            "UPDATE LOYALTY.DELIVERY SET STATUS = 'Started' WHERE SEQUENCE_NUMBER = 2",
            "DELETE FROM LOYALTY.DELIVERY_FILE WHERE SEQUENCE_NUMBER = 2");
        File.Delete(dead.Manifest);
        await File.WriteAllTextAsync(Path.Combine(DeliveryScene.FolderOf(dead), ".part-00002.csv.0.partial"), "x", TestWarehouse.Token);
        // What is delivered next is something else.
        await scene.WriteDayAsync(2);
        await scene.RunAsync("DELETE FROM LOYALTY.MASTER");
        Assert.Equal("GuardTripped", (await Assert.ThrowsAsync<LoyaltyException>(() => scene.DeliverAsync())).ErrorId);

        Assert.False(Directory.Exists(DeliveryScene.FolderOf(dead)));
        Assert.Equal(DeliveryStatus.Failed, (await scene.LogAsync())[0].Status);
        Assert.Equal(members, await scene.StateAsync("DELIVERED_MEMBER"));
    }

    [Theory]
    [InlineData("Check the destination")]
    [InlineData("Plan")]
    [InlineData("Send")]
    [InlineData("Publish")]
    public async Task Cancelled_at_a_step_it_leaves_nothing(string step)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        await scene.DeliverAsync();
        await scene.SetAsync("EMAIL = NULL", "USER_ID = 1");
        await scene.WriteDayAsync(1);
        await CancelledAsync(scene, source => new StepCanceller(step, source), delay: null);

        Assert.Equal(1, (await scene.DeliverAsync(DeliveryMode.Diff)).Changed);
    }

    [Fact]
    public async Task Cancelled_at_any_time_it_leaves_nothing()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: TestDepth.Of(fast: 20_000, full: 60_000));
        scene.Consumer = scene.Consumer with { Compression = FileCompression.Gzip };
        var seconds = (await scene.DeliverAsync()).Seconds;
        var receiver = new ReceivingConsumer(scene);
        var (cancelled, attempts) = (0, TestDepth.Of(fast: 3, full: 10));
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            await scene.SetAsync($"EMAIL = 'a{attempt}@example.com'", $"USER_ID % 7 = {attempt % 7}");
            await scene.WriteDayAsync(attempt);
            cancelled += await CancelledAsync(scene, _ => new RunRecorder(), TimeSpan.FromSeconds(seconds * attempt / (attempts + 1)))
                ? 1
                : 0;
        }

        Assert.InRange(cancelled, 1, attempts);
        await receiver.ReceiveAsync(await scene.DeliverAsync());
        Assert.Equal(await receiver.FreshAsync(), receiver.Rows.Values);
    }

    [Theory]
    [InlineData(DeliveryMode.Full, false)]
    [InlineData(DeliveryMode.Diff, false)]
    [InlineData(DeliveryMode.Full, true)]
    public async Task Wherever_the_warehouse_fails_the_destination_is_whole_and_the_next_delivery_sets_it_right(
        DeliveryMode mode, bool isThereAlready)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        scene.Consumer = scene.Consumer with { AudienceChange = 10 };
        var receiver = new ReceivingConsumer(scene);
        var feed = Path.Combine(scene.Destination, "Crm", "HighlyEngaged");
        await receiver.ReceiveAsync(await scene.DeliverAsync());
        // Every few statements, not always the same.
        var step = TestDepth.Of(fast: 6, full: 1);
        for (var statements = Random.Shared.Next(step); ; statements += step)
        {
            Assert.InRange(statements, 0, 100);
            await scene.SetAsync($"EMAIL = 'a{statements}@example.com'", "USER_ID = 1");
            await scene.SetAsync($"ENGAGEMENT_SEGMENT = '{(statements % 2 == 0 ? "Engaged" : "Highly Engaged")}'", "USER_ID = 2");
            await scene.WriteDayAsync(statements);
            if (isThereAlready)
                await ThereAndBackAsync(scene, receiver);

            // As if its disk were full after some statements.
            var left = statements;
            var warehouse = new ObservedWarehouse(scene.Test.Warehouse, _ =>
            {
                if (Interlocked.Decrement(ref left) < 0)
                    throw LoyaltyErrors.QueryFailed.Because("The warehouse is dead.");
            });
            var failure = await Record.ExceptionAsync(
                () => new DeliveryRunner(scene.Test.Pipeline).DeliverAsync(
                    warehouse, new DeliveryOptions(scene.Consumer, mode), new RunRecorder(), TestWarehouse.Token));
            // The process goes on here, so its lock does not end with it.
            await scene.RunAsync(
                "UPDATE LOYALTY.RUN_LOCK SET RUN_ID = NULL, OWNER = NULL, HOST = NULL, PROCESS_ID = NULL, HELD_SINCE = NULL");
            // What fails after the last commit, such as to set the lock free, fails no delivery.
            Assert.True(left < 0 || failure is null, $"{failure}");
            if (failure is null)
                Assert.Equal(RunStatus.Succeeded, (await scene.NewestRunAsync()).Status);
            Assert.Empty(await scene.FailuresAsync(feed));

            await receiver.ReceiveAsync(await scene.DeliverAsync(mode));
            Assert.Equal(await receiver.FreshAsync(), receiver.Rows.Values);
            await scene.AddUsersAsync(100 + statements, 100 + statements);
            await receiver.ReceiveAsync(await scene.DeliverAsync(DeliveryMode.Diff));
            Assert.Equal(await receiver.FreshAsync(), receiver.Rows.Values);
            await scene.RunAsync("DELETE FROM LOYALTY.MASTER WHERE USER_ID >= 100");
            Assert.DoesNotContain(await scene.LogAsync(), delivery => delivery.Status == DeliveryStatus.Started);
            if (left >= 0)
                break;
        }
    }

    // A delivery of today and then one in another form, so that the first is there when it is made again.
    private static async Task ThereAndBackAsync(DeliveryScene scene, ReceivingConsumer receiver)
    {
        var consumer = scene.Consumer;
        await receiver.ReceiveAsync(await scene.DeliverAsync());
        scene.Consumer = consumer with { Columns = ["USER_ID"] };
        await scene.SuppressAsync(5);
        await receiver.ReceiveAsync(await scene.DeliverAsync());
        await scene.RunAsync("DELETE FROM LOYALTY.SUPPRESSION");
        scene.Consumer = consumer;
    }

    private static async Task<bool> CancelledAsync(
        DeliveryScene scene, Func<CancellationTokenSource, IRunReporter> reporter, TimeSpan? delay)
    {
        var (members, latest) = (await scene.StateAsync("DELIVERED_MEMBER"), scene.Latest());
        var files = scene.Files();
        var deliveries = (await scene.LogAsync()).Count;
        var earlier = await scene.NewestRunAsync();
        using var source = new CancellationTokenSource();
        if (delay is { } time)
            source.CancelAfter(time);
        var failure = await Record.ExceptionAsync(
            () => scene.DeliverAsync(reporter(source), DeliveryMode.Full, daysLater: null, force: false, planOnly: false, source.Token));
        if (failure is null)
        {
            Assert.NotNull(delay);
            return false;
        }

        Assert.True(failure is OperationCanceledException, $"{failure}");
        Assert.Equal(members, await scene.StateAsync("DELIVERED_MEMBER"));
        Assert.Equal(files, scene.Files());
        Assert.Equal(latest, scene.Latest());
        Assert.All((await scene.LogAsync()).SkipLast(deliveries), delivery => Assert.Equal(DeliveryStatus.Failed, delivery.Status));
        var run = await scene.NewestRunAsync();
        // One that is cancelled before it has the lock has not begun.
        if (run.RunId != earlier.RunId || delay is null)
            Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), $"*{run.RunId}*"));
        return true;
    }

    private static async Task<(DeliveryOutcome Outcome, string Id)> OutcomeAsync(DeliveryScene scene, DeliveryMode mode) =>
        await scene.DeliverAsync(mode) is var result ? (result.Outcome, result.DeliveryId) : default;
}
