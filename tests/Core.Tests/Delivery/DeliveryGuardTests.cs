using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>A delivery to far more or fewer users than the last one stops before anything is sent.</summary>
public sealed class DeliveryGuardTests
{
    [Theory]
    [InlineData(14, true)]
    [InlineData(13, false)]
    [InlineData(12, false)]
    [InlineData(10, false)]
    [InlineData(8, false)]
    [InlineData(7, false)]
    [InlineData(6, true)]
    public async Task The_audience_changes_by_no_more_than_three_tenths_unforced(int users, bool isStopped)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.DeliverAsync();
        await ResizeAsync(scene, users);

        foreach (var mode in new[] { DeliveryMode.Full, DeliveryMode.Diff })
        {
            var plan = await scene.DeliverAsync(mode, planOnly: true);
            Assert.Equal(isStopped ? ["AudienceSize"] : [], plan.Guards.Select(guard => guard.Name));
        }

        if (!isStopped)
        {
            Assert.Equal(users, (await scene.DeliverAsync()).Audience);
            return;
        }

        var error = await scene.RefusedAsync("GuardTripped");
        Assert.Contains(
            $"{users} users would be sent where there were 10 on 2024-03-31, a change of more than the 30 % allowed", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("-Force", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 11, true)]
    [InlineData("0", 10, false)]
    [InlineData("0.1", 11, false)]
    [InlineData("0.1", 12, true)]
    [InlineData("1", 20, false)]
    [InlineData("1", 21, true)]
    public async Task The_limit_is_the_consumers(string limit, int users, bool isStopped)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        scene.Consumer = scene.Consumer with { AudienceChange = decimal.Parse(limit, System.Globalization.CultureInfo.InvariantCulture) };
        await scene.DeliverAsync();
        await ResizeAsync(scene, users);

        Assert.Equal(isStopped ? 1 : 0, (await scene.DeliverAsync(planOnly: true)).Guards.Count);
    }

    [Fact]
    public async Task Somebody_where_there_was_nobody_is_no_reason_to_stop()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        await scene.DeliverAsync();
        await ResizeAsync(scene, 0);
        await scene.DeliverAsync(force: true);
        await ResizeAsync(scene, 2);

        Assert.Equal((2, 0), ((await scene.DeliverAsync()).Audience, (await scene.DeliverAsync()).Guards.Count));
    }

    [Fact]
    public async Task Nobody_where_there_was_somebody_is_another_guard_whatever_the_limit()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        scene.Consumer = scene.Consumer with { AudienceChange = 1 };
        await scene.DeliverAsync();
        await ResizeAsync(scene, 0);

        Assert.Contains(
            "nobody would be sent where there were 2 users on 2024-03-31", (await scene.RefusedAsync("GuardTripped")).Message,
            StringComparison.Ordinal);
        var run = await scene.NewestRunAsync();
        Assert.Equal(
            (RunKind.Deliver, RunStatus.Refused, "GuardTripped", false, DeliveryScene.Day),
            (run.Kind, run.Status, run.ErrorId, run.Forced, run.Day));
        Assert.StartsWith("AudienceEmpty: ", run.Guards, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 0), (run.Inserted, run.Updated, run.Deleted, run.Unchanged));
        // The refusal holds nothing.
        Assert.Equal(["NULL"], await scene.Test.RowsAsync("SELECT RUN_ID FROM LOYALTY.RUN_LOCK"));
    }

    [Fact]
    public async Task The_first_delivery_has_nothing_to_be_compared_with()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        scene.Consumer = scene.Consumer with { AudienceChange = 0 };
        Assert.Empty((await scene.DeliverAsync()).Guards);
    }

    [Theory]
    [InlineData(DeliveryMode.Full)]
    [InlineData(DeliveryMode.Diff)]
    public async Task Force_passes_warns_and_is_recorded(DeliveryMode mode)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 10);
        await scene.DeliverAsync();
        await ResizeAsync(scene, 5);
        var result = await scene.DeliverAsync(mode, force: true);

        Assert.Equal((5, 5), (result.Audience, result.Removed));
        var warning = Assert.Single(scene.Warnings);
        Assert.StartsWith("Forced past a guard: 5 users would be sent where there were 10", warning, StringComparison.Ordinal);
        Assert.Equal(["AudienceSize"], DeliveryScene.ManifestOf(result).ForcedGuards);
        var record = (await scene.LogAsync())[0];
        Assert.True(record.Forced);
        Assert.StartsWith("AudienceSize: 5 users", record.Guards, StringComparison.Ordinal);
        var run = await scene.NewestRunAsync();
        Assert.Equal((RunStatus.Succeeded, true, record.Guards), (run.Status, run.Forced, run.Guards));
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
        // From here on the smaller audience is what counts.
        Assert.Empty((await scene.DeliverAsync(DeliveryMode.Full, planOnly: true)).Guards);
    }

    [Fact]
    public async Task An_earlier_day_is_not_compared_with_the_newest()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        await ResizeAsync(scene, 10);
        await scene.WriteDayAsync(1);
        await scene.DeliverAsync();

        Assert.Equal(2, (await scene.DeliverAsync(daysLater: 0)).Rows);
    }

    private static async Task ResizeAsync(DeliveryScene scene, int users)
    {
        await scene.RunAsync("DELETE FROM LOYALTY.MASTER");
        if (users > 0)
            await scene.AddUsersAsync(1, users);
    }
}
