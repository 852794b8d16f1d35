using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>A merge that would lose much stops before it writes.</summary>
public sealed class MergeGuardTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task More_than_a_tenth_of_the_users_do_not_disappear_unforced(int deleted, bool stopped)
    {
        await using var scene = await MergeScene.CreateAsync(users: 20);
        await scene.MergeAsync();
        for (var user = 1; user <= deleted; user++)
            await scene.RemoveUserAsync(user);

        if (!stopped)
        {
            Assert.Equal(deleted, (await scene.MergeAsync(daysLater: 1)).Deleted);
            return;
        }

        var error = await scene.RefusedAsync("GuardTripped", RunStatus.Refused, daysLater: 1);
        Assert.Equal("The merge of 2024-04-01 was stopped: 3 of 20 users would disappear, more than the 10 % allowed.", error.Message);
        Assert.Equal(MergeScene.Day.AddDays(1), error.Target);
        Assert.Contains("-Force", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task More_than_three_tenths_do_not_change_segment_unforced(int moved, bool stopped)
    {
        await using var scene = await MergeScene.CreateAsync(users: 10);
        await scene.MergeAsync();
        for (var user = 1; user <= moved; user++)
            await scene.ScoreAsync(user, 99);

        if (stopped)
            Assert.Contains(
                "4 of 10 users would change segment", (await scene.RefusedAsync("GuardTripped", RunStatus.Refused, daysLater: 1)).Message,
                StringComparison.Ordinal);
        else
            Assert.Equal(moved, (await scene.MergeAsync(daysLater: 1)).Updated);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task A_rule_does_not_reject_more_of_a_source_than_it_may_unforced(int orphans, bool stopped)
    {
        // On the first run too: it is not about what there was.
        await using var scene = await MergeScene.CreateAsync(users: 20);
        scene.Test.Pipeline = scene.Test.Pipeline with
        {
            Config = new PipelineConfig
            {
                Guards = new GuardLimits(Rejected: 0.1m) { StaleSources = false },
            }
        };
        for (var user = 1; user <= orphans; user++)
            await scene.RunAsync($"UPDATE DW_A.ENGAGEMENT_SCORE SET USER_ID = {user + 100} WHERE USER_ID = {user}");

        if (!stopped)
        {
            Assert.Equal(orphans, (await scene.MergeAsync()).Quarantined);
            return;
        }

        var error = await scene.RefusedAsync("GuardTripped", RunStatus.Refused);
        Assert.Equal(
            "The merge of 2024-03-31 was stopped: 3 of 20 rows of DW_A.ENGAGEMENT_SCORE break the rule orphan, more than the 10 % allowed.",
            error.Message);
        Assert.Equal("Rejected", Assert.Single((await scene.MergeAsync(planOnly: true)).Guards).Name);
        var result = await scene.MergeAsync(force: true);
        Assert.Equal((20, 3), (result.Users, result.Quarantined));
    }

    [Fact]
    public async Task Each_rule_has_its_share_and_duplicates_have_another()
    {
        await using var scene = await MergeScene.CreateAsync(users: 10);
        scene.Test.Pipeline = scene.Test.Pipeline with
        {
            Config = new PipelineConfig
            {
                Guards = new GuardLimits(Rejected: 0.1m) { StaleSources = false },
            }
        };
        await scene.RunAsync(
            "INSERT INTO DW_A.ENGAGEMENT_SCORE SELECT * FROM DW_A.ENGAGEMENT_SCORE",
            "UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = 101 WHERE USER_ID = 1",
            "UPDATE DW_A.ENGAGEMENT_SCORE SET USER_ID = 99 WHERE USER_ID = 2");

        Assert.Empty((await scene.MergeAsync(planOnly: true)).Guards);

        scene.Test.Pipeline = scene.Test.Pipeline with
        {
            Config = new PipelineConfig
            {
                Guards = new GuardLimits(Duplicates: 0.3m) { StaleSources = false },
            }
        };
        Assert.Equal(
            "8 of 20 rows of DW_A.ENGAGEMENT_SCORE break the rule duplicate, more than the 30 % allowed",
            Assert.Single((await scene.MergeAsync(planOnly: true)).Guards).Reason);
    }

    [Fact]
    public async Task New_users_and_lost_ones_are_no_moves_between_segments()
    {
        await using var scene = await MergeScene.CreateAsync(users: 10);
        await scene.MergeAsync();
        await scene.RemoveUserAsync(1);
        await scene.AddUsersAsync(11, 40, 90);

        Assert.Empty((await scene.MergeAsync(daysLater: 1)).Guards);
    }

    [Fact]
    public async Task The_first_run_has_nothing_to_lose()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        scene.Test.Pipeline = scene.Test.Pipeline with
        {
            Config = new PipelineConfig
            {
                Guards = new GuardLimits(0, 0) { StaleSources = false, LeastRows = 1 },
            }
        };

        Assert.Empty((await scene.MergeAsync()).Guards);
        // With limits of nothing at all the next change trips.
        await scene.ScoreAsync(1, 99);
        await scene.RefusedAsync("GuardTripped", RunStatus.Refused);
    }

    [Fact]
    public async Task Limits_of_everything_never_trip()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        scene.Test.Pipeline = scene.Test.Pipeline with
        {
            Config = new PipelineConfig
            {
                Guards = new GuardLimits(1, 1) { StaleSources = false },
            }
        };
        await scene.ScoreAsync(1, 99);
        await scene.ScoreAsync(2, 1);

        Assert.Equal(2, (await scene.MergeAsync()).Updated);
    }

    [Fact]
    public async Task Force_passes_and_is_recorded_with_what_it_passed()
    {
        await using var scene = await MergeScene.CreateAsync(users: 4);
        await scene.MergeAsync();
        await scene.RemoveUserAsync(1);
        await scene.ScoreAsync(2, 90);
        await scene.ScoreAsync(3, 90);

        var plan = await scene.MergeAsync(daysLater: 1, planOnly: true);
        var result = await scene.MergeAsync(daysLater: 1, force: true);

        Assert.Equal(["Deletes", "SegmentMoves"], plan.Guards.Select(guard => guard.Name));
        Assert.Equal(Facts.Of(plan.Guards), Facts.Of(result.Guards));
        Assert.Equal((3, 1, 2), (result.Users, result.Deleted, result.Updated));
        Assert.Equal(result.Guards.Select(guard => $"Forced past a guard: {guard.Reason}."), scene.Test.Reporter.Warnings.TakeLast(2));
        var run = (await scene.RunsAsync())[0];
        Assert.True(run.Forced);
        Assert.Equal(string.Join("; ", result.Guards), run.Guards);
        Assert.StartsWith("Deletes: 1 of 4 users would disappear", run.Guards, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_recorded_with_its_guards()
    {
        await using var scene = await MergeScene.CreateAsync(users: 4);
        await scene.MergeAsync();
        await scene.RemoveUserAsync(1);
        await scene.RefusedAsync("GuardTripped", RunStatus.Refused);

        var run = (await scene.RunsAsync())[0];
        Assert.False(run.Forced);
        Assert.StartsWith("Deletes: 1 of 4", run.Guards, StringComparison.Ordinal);
        Assert.Equal(scene.Test.Pipeline.Catalog.Sources.Count, run.Sources.Count);
    }

    [Theory]
    [InlineData("DELETE FROM DW_A.USER_PROFILE")]
    [InlineData("DROP TABLE DW_A.USER_PROFILE")]
    [InlineData("UPDATE DW_A.USER_PROFILE SET ACCOUNT_TYPE = 'gold'")]
    public async Task The_merge_needs_a_usable_profile_unless_forced(string loss)
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        await scene.RunAsync(loss);

        var error = await scene.RefusedAsync("SourceMissing", RunStatus.Refused, daysLater: 1);
        Assert.Contains("DW_A.USER_PROFILE has no usable row", error.Message, StringComparison.Ordinal);
        Assert.Equal("DW_A.USER_PROFILE", error.Target);

        var result = await scene.MergeAsync(daysLater: 1, force: true);
        Assert.Equal((0, 2, MergeOutcome.Written), (result.Users, result.Deleted, result.Outcome));
        Assert.Equal(["RequiredSourceEmpty", "Deletes"], result.Guards.Select(guard => guard.Name));
        Assert.Equal(["0"], await scene.Test.RowsAsync("SELECT ROW_COUNT FROM LOYALTY.SNAPSHOT WHERE SNAPSHOT_DATE = '2024-04-01'"));
        Assert.Equal(["2"], await scene.Test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.HISTORY WHERE VALID_TO = '2024-04-01'"));
    }

    [Fact]
    public async Task An_empty_warehouse_can_be_forced_too()
    {
        await using var scene = await MergeScene.CreateAsync();
        await scene.RefusedAsync("SourceMissing", RunStatus.Refused);

        Assert.Equal(0, (await scene.MergeAsync(force: true)).Users);
    }

    [Fact]
    public async Task A_limit_reads_as_the_user_wrote_it()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        scene.Test.Pipeline = scene.Test.Pipeline with
        {
            Config = new PipelineConfig
            {
                Guards = new GuardLimits(0.125m, 1) { StaleSources = false, LeastRows = 1 },
            }
        };
        await scene.RemoveUserAsync(1);

        Assert.EndsWith(
            "more than the 12.5 % allowed.", (await scene.RefusedAsync("GuardTripped", RunStatus.Refused)).Message,
            StringComparison.Ordinal);
    }
}
