using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>What merging the same day, a changed day and later days leaves in History.</summary>
public sealed class MergeHistoryTests
{
    [Fact]
    public async Task The_same_day_again_changes_no_row()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        await scene.RunAsync("INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (99, '2024-03-02', 5)");
        await scene.MergeAsync();
        await scene.RunAsync("DELETE FROM DW_A.ENGAGEMENT_SCORE WHERE USER_ID = 99");
        // What was rejected is measured anew.
        var before = await scene.StateAsync("METRIC");

        var result = await scene.MergeAsync();

        Assert.Equal(before, await scene.StateAsync("METRIC"));
        Assert.Equal((MergeOutcome.Unchanged, false, 3), (result.Outcome, result.Changed, result.Unchanged));
        Assert.Equal(2, (await scene.RunsAsync()).Count(run => run.Status == RunStatus.Succeeded));
    }

    [Fact]
    public async Task The_same_day_with_changed_sources_is_as_if_written_once()
    {
        await using var twice = await MergeScene.CreateAsync(users: 20);
        await twice.MergeAsync();
        await twice.ScoreAsync(1, 60);
        await twice.RemoveUserAsync(2);
        await twice.AddUserAsync(21, 60);
        var result = await twice.MergeAsync();

        await using var once = await MergeScene.CreateAsync(users: 20);
        await once.ScoreAsync(1, 60);
        await once.RemoveUserAsync(2);
        await once.AddUserAsync(21, 60);
        await once.MergeAsync();

        Assert.Equal((1, 1, 1), (result.Inserted, result.Updated, result.Deleted));
        foreach (var table in new[] { "MASTER", "HISTORY" })
            Assert.Equal(
                await once.Test.RowsAsync($"SELECT * FROM LOYALTY.{table} ORDER BY ALL"),
                await twice.Test.RowsAsync($"SELECT * FROM LOYALTY.{table} ORDER BY ALL"));
        Assert.Equal(
            [$"2024-03-31|{result.RunId}|20"], await twice.Test.RowsAsync("SELECT SNAPSHOT_DATE, RUN_ID, ROW_COUNT FROM LOYALTY.SNAPSHOT"));
    }

    [Fact]
    public async Task A_later_day_closes_what_changed_and_leaves_the_rest()
    {
        await using var scene = await MergeScene.CreateAsync(users: 4);
        await scene.MergeAsync();
        await scene.ScoreAsync(1, 60);

        var result = await scene.MergeAsync(daysLater: 3);

        Assert.Equal("50 03-31 04-03, 60 04-03 …", await scene.HistoryAsync(1));
        Assert.Equal("50 03-31 …", await scene.HistoryAsync(2));
        Assert.Equal((1, 3), (result.Updated, result.Unchanged));
        Assert.Equal(
            ["2024-03-31|4", "2024-04-03|4"],
            await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE, ROW_COUNT FROM LOYALTY.SNAPSHOT ORDER BY 1"));
    }

    [Fact]
    public async Task A_later_day_without_changes_is_noted()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        var history = await scene.Test.RowsAsync("SELECT * FROM LOYALTY.HISTORY ORDER BY ALL");

        var result = await scene.MergeAsync(daysLater: 1);

        Assert.Equal((MergeOutcome.Written, false, 2), (result.Outcome, result.Changed, result.Unchanged));
        Assert.Equal(MergeOutcome.Unchanged, (await scene.MergeAsync(daysLater: 1)).Outcome);
        Assert.Equal(history, await scene.Test.RowsAsync("SELECT * FROM LOYALTY.HISTORY ORDER BY ALL"));
        Assert.Equal(["2024-03-31", "2024-04-01"], await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT ORDER BY 1"));
    }

    [Fact]
    public async Task Who_disappears_is_closed_and_who_returns_has_a_gap()
    {
        await using var scene = await MergeScene.CreateAsync(users: 20);
        await scene.MergeAsync();
        await scene.RemoveUserAsync(1);
        await scene.MergeAsync(daysLater: 1);
        Assert.Equal("50 03-31 04-01", await scene.HistoryAsync(1));
        Assert.Empty(await scene.Test.RowsAsync("SELECT * FROM LOYALTY.MASTER WHERE USER_ID = 1"));
        await scene.MergeAsync(daysLater: 2);
        await scene.AddUserAsync(1, 50);

        var result = await scene.MergeAsync(daysLater: 3);

        Assert.Equal("50 03-31 04-01, 50 04-03 …", await scene.HistoryAsync(1));
        Assert.Equal((1, 0, 19), (result.Inserted, result.Updated, result.Unchanged));
    }

    [Fact]
    public async Task A_change_taken_back_on_the_same_day_leaves_no_trace_in_History()
    {
        await using var scene = await MergeScene.CreateAsync(users: 20);
        await scene.MergeAsync();
        await scene.MergeAsync(daysLater: 1);
        var (master, history) = (
            await scene.Test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY ALL"),
            await scene.Test.RowsAsync("SELECT * FROM LOYALTY.HISTORY ORDER BY ALL"));
        await scene.ScoreAsync(1, 60);
        await scene.RemoveUserAsync(2);
        await scene.AddUserAsync(21, 50);
        await scene.MergeAsync(daysLater: 1);
        Assert.Equal("50 03-31 04-01, 60 04-01 …", await scene.HistoryAsync(1));
        await scene.ScoreAsync(1, 50);
        await scene.AddUserAsync(2, 50);
        await scene.RemoveUserAsync(21);

        var result = await scene.MergeAsync(daysLater: 1);

        Assert.Equal((1, 1, 1), (result.Inserted, result.Updated, result.Deleted));
        Assert.Equal(master, await scene.Test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY ALL"));
        Assert.Equal(history, await scene.Test.RowsAsync("SELECT * FROM LOYALTY.HISTORY ORDER BY ALL"));
    }

    [Fact]
    public async Task A_reversal_on_a_later_day_is_a_third_version()
    {
        await using var scene = await MergeScene.CreateAsync(users: 4);
        await scene.MergeAsync();
        await scene.ScoreAsync(1, 60);
        await scene.MergeAsync(daysLater: 1);
        await scene.ScoreAsync(1, 50);
        await scene.MergeAsync(daysLater: 2);

        Assert.Equal("50 03-31 04-01, 60 04-01 04-02, 50 04-02 …", await scene.HistoryAsync(1));
    }

    [Theory]
    [InlineData("PHONE = '+32 1'", "PHONE = NULL")]
    [InlineData("EMAIL = NULL", "EMAIL = 'u1@example.com'")]
    [InlineData("FULL_NAME = ''", "FULL_NAME = 'User 1'")]
    [InlineData("FULL_NAME = 'user 1'", "FULL_NAME = 'User 1'")]
    [InlineData("SIGNED_UP_AT = '2023-01-01 00:00:00.000001'", "SIGNED_UP_AT = '2023-01-01'")]
    public async Task The_smallest_change_is_one_also_from_and_to_NULL(string change, string reversal)
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        await scene.MergeAsync();
        await scene.RunAsync($"UPDATE DW_A.USER_PROFILE SET {change} WHERE USER_ID = 1");
        Assert.Equal((1, 2), (await scene.MergeAsync(daysLater: 1)) is var first ? (first.Updated, first.Unchanged) : default);
        await scene.RunAsync($"UPDATE DW_A.USER_PROFILE SET {reversal} WHERE USER_ID = 1");
        Assert.Equal((1, 2), (await scene.MergeAsync(daysLater: 2)) is var second ? (second.Updated, second.Unchanged) : default);

        Assert.Equal("50 03-31 04-01, 50 04-01 04-02, 50 04-02 …", await scene.HistoryAsync(1));
        Assert.Equal("50 03-31 …", await scene.HistoryAsync(2));
    }

    [Fact]
    public async Task A_column_that_Master_does_not_take_over_is_no_change()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        await scene.MergeAsync();
        await scene.RunAsync("UPDATE DW_A.USER_PROFILE SET UPDATED_AT = '2024-03-30'");

        Assert.Equal(MergeOutcome.Unchanged, (await scene.MergeAsync()).Outcome);
    }

    [Fact]
    public async Task Of_an_earlier_day_it_is_said_that_Master_stays()
    {
        await using var scene = await MergeScene.CreateAsync(users: 4);
        Assert.True((await scene.MergeAsync(daysLater: 1)).IsNewest);
        Assert.True((await scene.MergeAsync(daysLater: 4)).IsNewest);
        Assert.True((await scene.MergeAsync(daysLater: 4)).IsNewest);
        Assert.DoesNotContain(scene.Test.Reporter.Warnings, warning => warning.Contains("History alone", StringComparison.Ordinal));

        var plan = await scene.MergeAsync(planOnly: true);
        var result = await scene.MergeAsync();

        Assert.Equal((false, false, MergeOutcome.Written), (plan.IsNewest, result.IsNewest, result.Outcome));
        const string Notice =
            "2024-03-31 is older than 2024-04-04, the newest written day: it goes into History alone, and Master stays as of 2024-04-04.";
        Assert.Equal(
            [Notice, Notice], scene.Test.Reporter.Warnings.Where(warning => warning.Contains("History alone", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_earlier_day_is_written_without_touching_later_ones()
    {
        await using var scene = await MergeScene.CreateAsync(users: 4);
        await scene.MergeAsync();
        await scene.ScoreAsync(1, 60);
        await scene.MergeAsync(daysLater: 4);
        var master = await scene.Test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY ALL");
        await scene.ScoreAsync(1, 70);
        await scene.ScoreAsync(2, 40);
        await scene.RemoveUserAsync(3);

        var between = await scene.MergeAsync(daysLater: 2, force: true);
        var before = await scene.MergeAsync(daysLater: -1);

        Assert.Equal((0, 2, 1, 1), (between.Inserted, between.Updated, between.Deleted, between.Unchanged));
        Assert.Equal((3, 0, 0, 0), (before.Inserted, before.Updated, before.Deleted, before.Unchanged));
        Assert.Equal("70 03-30 03-31, 50 03-31 04-02, 70 04-02 04-04, 60 04-04 …", await scene.HistoryAsync(1));
        Assert.Equal("40 03-30 03-31, 50 03-31 04-02, 40 04-02 04-04, 50 04-04 …", await scene.HistoryAsync(2));
        Assert.Equal("50 03-31 04-02, 50 04-04 …", await scene.HistoryAsync(3));
        Assert.Equal("50 03-30 …", await scene.HistoryAsync(4));
        Assert.Equal(master, await scene.Test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY ALL"));
        Assert.Equal(
            ["2024-03-30|3", "2024-03-31|4", "2024-04-02|3", "2024-04-04|4"],
            await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE, ROW_COUNT FROM LOYALTY.SNAPSHOT ORDER BY 1"));
    }
}
