using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>A day that is still to come is not written by a slip: Master would stay as of it.</summary>
public sealed class RunDateGuardTests
{
    private static readonly DateOnly Slip = new(2062, 3, 31);

    private static int DaysToSlip => Slip.DayNumber - MergeScene.Day.DayNumber;

    [Theory]
    [InlineData("1998-06-30", false)]
    [InlineData("2026-06-30", false)]
    [InlineData("2026-07-01", false)]
    [InlineData("2026-07-02", true)]
    [InlineData("9999-12-31", true)]
    public void One_day_after_today_may_be_written_as_clocks_east_of_Greenwich_are_ahead(string runDate, bool trips)
    {
        var day = DateOnly.Parse(runDate, System.Globalization.CultureInfo.InvariantCulture);

        var tripped = MergeGuards.Check(day, new DateOnly(2026, 6, 30), [], [], MasterComparison.None, new GuardLimits());

        Assert.Equal(trips ? ["RunDateInFuture"] : [], tripped.Select(guard => guard.Name));
    }

    [Fact]
    public void What_it_says_names_both_days_and_how_far_they_are_apart() => Assert.Equal(
        "2062-06-30 lies 13149 days after today, 2026-06-30 (UTC)",
        Assert.Single(MergeGuards.CheckDay(new DateOnly(2062, 6, 30), new DateOnly(2026, 6, 30))).Reason);

    [Fact]
    public async Task A_slip_in_the_year_is_refused_with_a_remedy_that_fits()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        await scene.MergeAsync();

        var plan = await scene.MergeAsync(DaysToSlip, planOnly: true);
        var error = await scene.RefusedAsync("GuardTripped", RunStatus.Refused, DaysToSlip);

        Assert.Equal("RunDateInFuture", Assert.Single(plan.Guards).Name);
        Assert.Equal($"The merge of 2062-03-31 was stopped: {plan.Guards[0].Reason}.", error.Message);
        Assert.Equal(Slip, error.Target);
        Assert.StartsWith("Check the year.", error.Remedy, StringComparison.Ordinal);
        Assert.Contains("-Force", error.Remedy, StringComparison.Ordinal);
        Assert.StartsWith("RunDateInFuture: 2062-03-31", (await scene.RunsAsync())[0].Guards, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_day_is_what_is_wrong_also_where_it_leaves_a_source_empty()
    {
        await using var scene = await MergeScene.CreateAsync();

        var error = await scene.RefusedAsync("GuardTripped", RunStatus.Refused, DaysToSlip);

        Assert.Contains("DW_A.USER_PROFILE has no usable row", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Check the year.", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Force_writes_it_and_is_recorded()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);

        var result = await scene.MergeAsync(DaysToSlip, force: true);

        Assert.Equal((Slip.ToDateTime(default), MergeOutcome.Written), (result.RunDate, result.Outcome));
        Assert.Contains(
            scene.Test.Reporter.Warnings, warning => warning.StartsWith("Forced past a guard: 2062-03-31 lies ", StringComparison.Ordinal));
        var run = (await scene.RunsAsync())[0];
        Assert.True(run.Forced);
        Assert.Equal(string.Join("; ", result.Guards), run.Guards);
    }

    [Fact]
    public async Task Today_is_merged()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);

        Assert.Empty((await scene.Test.MergeAsync(DateOnly.FromDateTime(DateTime.UtcNow))).Guards);
    }

    [Fact]
    public async Task A_replay_that_would_get_there_does_not_begin()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => ReplayAsync(scene.Test, new ReplayOptions(MergeScene.Day, Slip, OnlyMissing: true)));

        Assert.Equal(("GuardTripped", (object)Slip), (error.ErrorId, error.Target));
        Assert.StartsWith("Check the year.", error.Remedy, StringComparison.Ordinal);
        Assert.Empty(await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT"));

        await ReplayAsync(scene.Test, new ReplayOptions(Slip.AddDays(-1), Slip, Force: true));
        Assert.Equal(["2062-03-30", "2062-03-31"], await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT ORDER BY 1"));
        Assert.All(await scene.RunsAsync(), run => Assert.StartsWith("RunDateInFuture: ", run.Guards, StringComparison.Ordinal));
    }

    private static async Task ReplayAsync(TestWarehouse test, ReplayOptions options)
    {
        await foreach (var result in new ReplayRunner(test.Pipeline).RunAsync(test.Warehouse, options, test.Reporter, TestWarehouse.Token))
            Assert.True(result.Applied);
    }
}
