using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Deliveries that are made again, of earlier days, or only planned.</summary>
public sealed class RepeatedDeliveryTests
{
    [Theory]
    [InlineData(DeliveryMode.Full)]
    [InlineData(DeliveryMode.Diff)]
    public async Task The_same_delivery_again_sends_nothing(DeliveryMode mode)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.DeliverAsync();
        await scene.SetAsync("EMAIL = 'new@example.com'", "USER_ID = 3");
        await scene.WriteDayAsync();
        var first = await scene.DeliverAsync(mode);
        var files = scene.Files();
        var log = await scene.StateAsync("DELIVERY", "DELIVERY_FILE", "DELIVERED_MEMBER");

        for (var repetition = 0; repetition < 2; repetition++)
        {
            var again = await scene.DeliverAsync(mode);
            Assert.Equal(
                (DeliveryOutcome.AlreadyThere, first.DeliveryId, first.Manifest, first.Rows, first.Bytes),
                (again.Outcome, again.DeliveryId, again.Manifest, again.Rows, again.Bytes));
            Assert.Equal(files, scene.Files());
            Assert.Equal(log, await scene.StateAsync("DELIVERY", "DELIVERY_FILE", "DELIVERED_MEMBER"));
            var run = await scene.NewestRunAsync();
            Assert.Equal((RunStatus.Succeeded, 0, 0, 0, 10), (run.Status, run.Inserted, run.Updated, run.Deleted, run.Unchanged));
        }
    }

    [Fact]
    public async Task Settings_changed_and_changed_back_lead_back_to_the_first_delivery()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        var before = scene.Consumer;
        var first = await scene.DeliverAsync();
        scene.Consumer = before with { Format = FileFormat.JsonLines, Columns = ["USER_ID", "EMAIL"] };
        var second = await scene.DeliverAsync();
        Assert.NotEqual(first.DeliveryId, second.DeliveryId);
        Assert.Equal(second.DeliveryId, scene.Latest()!.DeliveryId);
        var files = scene.Files().Where(file => !file.Contains("latest.json", StringComparison.Ordinal));
        scene.Consumer = before;
        var third = await scene.DeliverAsync();

        Assert.Equal((DeliveryOutcome.AlreadyThere, first.DeliveryId), (third.Outcome, third.DeliveryId));
        Assert.Equal(files, scene.Files().Where(file => !file.Contains("latest.json", StringComparison.Ordinal)));
        Assert.Equal(first.DeliveryId, scene.Latest()!.DeliveryId);
        // What the consumer has is that of the first again.
        Assert.Equal(
            [third.DeliveryId, second.DeliveryId, first.DeliveryId], (await scene.LogAsync()).Select(delivery => delivery.DeliveryId));
        Assert.Equal(0, (await scene.DeliverAsync(DeliveryMode.Diff)).Rows);
        Assert.Empty(await scene.FailuresAsync(Path.Combine(scene.Destination, "Crm", "HighlyEngaged")));
    }

    [Fact]
    public async Task A_lost_manifest_of_a_full_delivery_is_made_again()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        var first = await scene.DeliverAsync();
        Directory.Delete(DeliveryScene.FolderOf(first), recursive: true);
        var again = await scene.DeliverAsync();

        Assert.Equal((DeliveryOutcome.Published, first.DeliveryId), (again.Outcome, again.DeliveryId));
        Assert.Equal(Facts.Of(first.Files), Facts.Of(again.Files));
        Assert.Empty(await scene.FailuresAsync(again.Manifest));
    }

    [Fact]
    public async Task A_lost_manifest_of_a_diff_cannot_be_made_again()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.DeliverAsync();
        var diff = await scene.DeliverAsync(DeliveryMode.Diff);
        Directory.Delete(DeliveryScene.FolderOf(diff), recursive: true);

        await scene.RefusedAsync("DeliveryNotFound", DeliveryMode.Diff);
        Assert.Equal(10, (await scene.DeliverAsync()).Rows);
    }

    [Fact]
    public async Task An_earlier_day_leaves_the_newest_where_it_is()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.AddUsersAsync(11, 12);
        await scene.SetAsync("EMAIL = 'new@example.com'", "USER_ID = 3");
        await scene.WriteDayAsync(2);
        var newest = await scene.DeliverAsync();
        var latest = scene.Latest();
        var earlier = await scene.DeliverAsync(daysLater: 1);

        Assert.Equal((true, DeliveryScene.Day.ToDateTime(default), 10), (earlier.IsBackfill, earlier.RunDate, earlier.Rows));
        Assert.Equal("u3@example.com", (await DeliveredRows.ReadAsync(scene.Test, earlier))[2]["EMAIL"]);
        Assert.Equal(latest, scene.Latest());
        Assert.True((await scene.LogAsync())[0].IsBackfill);
        Assert.Empty(await scene.FailuresAsync(earlier.Manifest));
        // The consumer has what it had.
        Assert.Equal((DeliveryOutcome.AlreadyThere, newest.DeliveryId), ((await scene.DeliverAsync()).Outcome, newest.DeliveryId));
        Assert.Equal(0, (await scene.DeliverAsync(DeliveryMode.Diff)).Rows);
        await scene.RefusedAsync("DeliveryInvalid", DeliveryMode.Diff, daysLater: 0);
    }

    [Fact]
    public async Task An_earlier_day_again_sends_nothing()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.WriteDayAsync(2);
        await scene.DeliverAsync();
        var first = await scene.DeliverAsync(daysLater: 0);
        var files = scene.Files();
        var again = await scene.DeliverAsync(daysLater: 0);

        Assert.Equal((DeliveryOutcome.AlreadyThere, first.DeliveryId), (again.Outcome, again.DeliveryId));
        Assert.Equal(files, scene.Files());
        Assert.Equal(["1"], await scene.Test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.DELIVERY WHERE IS_BACKFILL"));
        Assert.Equal(
            ["10"],
            await scene.Test.RowsAsync(
                "SELECT COUNT(*) FROM LOYALTY.DELIVERED_MEMBER AS m JOIN LOYALTY.DELIVERY AS d ON d.FEED_ID = m.FEED_ID AND d.SEQUENCE_NUMBER = m.ADDED_IN WHERE d.IS_BACKFILL"));
    }

    [Fact]
    public async Task Days_that_were_not_written_have_no_delivery()
    {
        await using var scene = await DeliveryScene.CreateAsync();
        await scene.RefusedAsync("DayNotWritten");
        await scene.AddUsersAsync(1, 3);
        await scene.WriteDayAsync();
        await scene.RefusedAsync("DayNotWritten", daysLater: -1);
        Assert.Equal(DeliveryScene.Day.ToDateTime(default), (await scene.DeliverAsync(daysLater: 100)).RunDate);
    }

    [Theory]
    [InlineData(DeliveryMode.Full, FileFormat.Csv)]
    [InlineData(DeliveryMode.Full, FileFormat.Parquet)]
    [InlineData(DeliveryMode.Diff, FileFormat.JsonLines)]
    public async Task A_plan_writes_nothing_and_knows_rows_and_size(DeliveryMode mode, FileFormat format)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 25_000);
        scene.Consumer = scene.Consumer with { Format = format, Compression = FileCompression.Gzip };
        await scene.SuppressAsync(7);
        var before = await scene.StateAsync();
        var plan = await scene.DeliverAsync(mode, planOnly: true);

        Assert.Equal(before, await scene.StateAsync());
        Assert.False(Directory.Exists(scene.Destination));
        var result = await scene.DeliverAsync(mode);
        Assert.Equal(
            (DeliveryOutcome.Planned, result.DeliveryId, result.Manifest, 24_999, result.Rows),
            (plan.Outcome, plan.DeliveryId, plan.Manifest, plan.Rows, result.Rows));
        Assert.Equal(
            (result.Added, result.Changed, result.Removed, Facts.Of(result.LeftOut)),
            (plan.Added, plan.Changed, plan.Removed, Facts.Of(plan.LeftOut)));
        Assert.InRange(plan.Bytes, 0.7 * result.Bytes, 1.3 * result.Bytes);
    }

    [Fact]
    public async Task A_plan_of_a_diff_that_only_removes_says_so()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 4);
        await scene.DeliverAsync();
        await scene.SuppressAsync(1, 2, 3, 4);
        var plan = await scene.DeliverAsync(DeliveryMode.Diff, planOnly: true);

        Assert.Equal((0, 4, 4), (plan.Audience, plan.Removed, plan.Rows));
        Assert.Equal("AudienceEmpty", Assert.Single(plan.Guards).Name);
        var result = await scene.DeliverAsync(DeliveryMode.Diff, force: true);
        Assert.Equal(4, result.Rows);
        Assert.InRange(plan.Bytes, 1, 3 * result.Bytes);
    }

    [Fact]
    public async Task Two_consumers_know_nothing_of_each_other()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 4);
        await scene.DeliverAsync();
        scene.Consumer = scene.Consumer with { Name = "Other" };
        Assert.Equal((4, 0), (await DiffAsync(scene), await DiffAsync(scene)));
        scene.Consumer = scene.Consumer with { Destination = Path.Combine(scene.Test.Folder, "elsewhere") };
        Assert.Equal(4, await DiffAsync(scene));
        Assert.Equal(3, (await scene.LogAsync()).Select(delivery => delivery.FeedId).Distinct().Count());
        Assert.All(await scene.LogAsync(), delivery => Assert.Equal(DeliveryStatus.Published, delivery.Status));
    }

    private static async Task<long> DiffAsync(DeliveryScene scene) =>
        (await scene.DeliverAsync(DeliveryMode.Diff)) is { Outcome: DeliveryOutcome.Published } result ? result.Added : 0;
}
