using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>What a merge says it did.</summary>
public sealed class MergeResultTests
{
    [Fact]
    public async Task The_first_merge_inserts_everybody()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        await scene.ScoreAsync(1, 90);
        await scene.ScoreAsync(2, 10);

        var result = await scene.MergeAsync();

        Assert.Equal((3, 3, 0, 0, 0), (result.Users, result.Inserted, result.Updated, result.Deleted, result.Unchanged));
        Assert.Equal(
            Facts.Of(new SegmentMove[] { new(null, "Engaged", 1), new(null, "Highly Engaged", 1), new(null, "Low Engagement", 1) }),
            Facts.Of(result.SegmentMoves));
        Assert.Equal((MergeOutcome.Written, true, MergeScene.Day.ToDateTime(default)), (result.Outcome, result.Applied, result.RunDate));
        Assert.Empty(result.QuarantinedByRule);
        Assert.Empty(result.Guards);
        Assert.Equal(8, result.RowsRead);
        Assert.True(result is { Seconds: > 0, RowsPerSecond: > 0 });
    }

    [Fact]
    public async Task Later_merges_count_what_changed()
    {
        await using var scene = await MergeScene.CreateAsync(users: 12);
        await scene.MergeAsync();
        await scene.RemoveUserAsync(1);
        await scene.ScoreAsync(2, 90);
        await scene.ScoreAsync(3, 51);
        await scene.AddUserAsync(13, 20);

        var result = await scene.MergeAsync(daysLater: 1);

        Assert.Equal((12, 1, 2, 1, 9), (result.Users, result.Inserted, result.Updated, result.Deleted, result.Unchanged));
        Assert.Equal(
            Facts.Of(new SegmentMove[] { new(null, "Low Engagement", 1), new("Engaged", "Highly Engaged", 1), new("Engaged", null, 1) }),
            Facts.Of(result.SegmentMoves));
    }

    [Fact]
    public async Task Rejected_rows_are_counted_by_source_and_rule()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.RunAsync(
            "INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (1, '2024-03-02', 101), (2, '2024-03-02', -0.01), (99, '2024-03-02', 5), (1, NULL, 5), (1, '2024-03-02', NULL), (1, '2024-03-01', 49)",
            "INSERT INTO DW_B.SERVICE_REQUESTS VALUES (1, 1, 'service', '2024-03-02', 'OPEN'), (2, 1, 'service', '2024-03-02', 'open')",
            "INSERT INTO DW_A.USER_PROFILE VALUES (3, NULL, NULL, NULL, NULL, 'gold', 'active', TRUE, '2023-01-01', '2024-01-01')");

        var result = await scene.MergeAsync();

        const string Scores = "DW_A.ENGAGEMENT_SCORE";
        Assert.Equal(
            Facts.Of(new RejectedRows[]
            {
                new(Scores, "duplicate", 1), new(Scores, "not_null", 1), new(Scores, "null_key", 1), new(Scores, "orphan", 1),
                new(Scores, "range", 2),
                new("DW_A.USER_PROFILE", "accepted_values", 1), new("DW_B.SERVICE_REQUESTS", "accepted_values", 1),
            }),
            Facts.Of(result.QuarantinedByRule));
        Assert.Equal(8, result.Quarantined);
        Assert.Equal(8, (await scene.Test.RowsAsync("SELECT * FROM LOYALTY.QUARANTINE")).Count);
        var scores = result.Sources.Single(source => source.SourceTable == Scores);
        Assert.Equal(
            (8, 2, 6, new DateTime(2024, 3, 2, 0, 0, 0, DateTimeKind.Utc)),
            (scores.RowsRead, scores.RowsUsed, scores.RowsQuarantined, scores.NewestEventAt));
        Assert.All(result.Sources, source => Assert.Equal(source.RowsRead, source.RowsUsed + source.RowsQuarantined));
        // The score of 50 is later in catalog order than nothing: 50 beats 49.
        Assert.Equal(
            ["1|50.00|1", "2|50.00|0"],
            await scene.Test.RowsAsync("SELECT USER_ID, ENGAGEMENT_SCORE, OPEN_SERVICE_REQUESTS FROM LOYALTY.MASTER ORDER BY USER_ID"));
    }

    [Fact]
    public async Task Steps_and_sources_are_told_and_logged()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);

        var result = await scene.MergeAsync();

        Assert.Equal(
            ["Prepare", .. scene.Test.Pipeline.Catalog.Sources.Select(source => $"Judge {source}"), "Reconcile", "Build", "Compare",
                "Upgrade", "Write", "Commit"],
            result.Steps.Select(step => step.Step));
        Assert.Equal(Enumerable.Range(1, result.Steps.Count), result.Steps.Select(step => step.StepNumber));
        Assert.All(result.Steps.Zip(result.Steps.Skip(1)), pair => Assert.True(pair.First.StartedAt <= pair.Second.StartedAt));
        Assert.Equal(
            scene.Test.Pipeline.Catalog.Sources.Select(source => source.Name.ToString()),
            result.Sources.Select(source => source.SourceTable));
        var progress = scene.Test.Reporter.ProgressReports.ToList();
        Assert.Equal(result.Steps.Select(step => step.Step), progress.Select(report => report.Step));
        Assert.All(progress.Zip(progress.Skip(1)), pair => Assert.True(pair.First.Percent <= pair.Second.Percent));
        Assert.All(progress, report => Assert.InRange(report.Percent!.Value, 0, 99));

        var run = Assert.Single(await scene.RunsAsync());
        Assert.Equal((result.RunId, RunKind.Merge, RunStatus.Succeeded, MergeScene.Day), (run.RunId, run.Kind, run.Status, run.Day));
        Assert.Equal((2, 0, 0, 0, 0, false), (run.Inserted, run.Updated, run.Deleted, run.Unchanged, run.Quarantined, run.Forced));
        Assert.Equal((null, null, null, Environment.MachineName), (run.Guards, run.ErrorId, run.ErrorMessage, run.Host));
        Assert.Matches("^[0-9a-f]{64}$", run.ScriptSha256);
        Assert.Equal(
            result.Sources.Select(source => (source.SourceTable, source.RowsRead)).Order(),
            run.Sources.Select(source => (source.SourceTable, source.RowsRead)));
        // The commit itself cannot be in what it commits.
        Assert.Equal(
            result.Steps.SkipLast(1).Select(step => (step.StepNumber, step.Step, step.StartedAt, step.RowCount)),
            run.Steps.Select(step => (step.StepNumber, step.Step, step.StartedAt, step.RowCount)));
    }

    [Fact]
    public async Task A_column_that_a_source_has_lost_is_warned_of()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE VALUES (1, 'a@x.de', NULL, NULL, NULL, 'plus', 'active', TRUE, TIMESTAMP '1998-01-01', TIMESTAMP '1998-05-31'); ALTER TABLE DW_A.USER_PROFILE DROP COLUMN EMAIL; ALTER TABLE DW_A.USER_PROFILE DROP COLUMN PHONE");
        await test.MergeAsync(new DateOnly(1998, 6, 1));
        await new ReplayRunner(test.Pipeline)
            .RunAsync(
                test.Warehouse, new ReplayOptions(new DateOnly(1998, 6, 2), new DateOnly(1998, 6, 3), Force: true), test.Reporter,
                TestWarehouse.Token).CountAsync(TestWarehouse.Token);
        Assert.Equal(
            2,
            test.Reporter.Warnings.Count(
                warning => warning == "Source DW_A.USER_PROFILE has no EMAIL, PHONE: it is NULL of everybody, and whatever Master had of it goes."));
    }

    [Fact]
    public async Task A_source_that_is_missing_or_empty_is_warned_of_with_its_consequence()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.RunAsync(
            "DROP TABLE DW_B.SUPPORT_CALLS", "INSERT INTO DW_B.SERVICE_REQUESTS VALUES (1, 1, 'service', '2024-04-01', 'open')");

        await scene.MergeAsync();

        Assert.Contains("Source DW_B.SUPPORT_CALLS does not exist: nothing is known for SUPPORT_CALLS_30D.", scene.Test.Reporter.Warnings);
        Assert.Contains(
            "Source DW_B.SERVICE_REQUESTS has no row up to 2024-03-31: nothing is known for OPEN_SERVICE_REQUESTS.",
            scene.Test.Reporter.Warnings);
        Assert.DoesNotContain(scene.Test.Reporter.Warnings, warning => warning.Contains("ENGAGEMENT_SCORE ", StringComparison.Ordinal));
        Assert.Equal(MergeScene.EmptySources.Count(), scene.Test.Reporter.Warnings.Count);
        Assert.Equal(["0|0"], await scene.Test.RowsAsync("SELECT SUPPORT_CALLS_30D, OPEN_SERVICE_REQUESTS FROM LOYALTY.MASTER"));
    }

    [Fact]
    public async Task A_plan_says_the_same_and_writes_nothing()
    {
        await using var scene = await MergeScene.CreateAsync(users: 12);
        await scene.MergeAsync();
        await scene.ScoreAsync(2, 90);
        await scene.RemoveUserAsync(1);
        await scene.RunAsync("INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (99, '2024-03-02', 5)");
        var (before, runs) = (await scene.StateAsync(), (await scene.RunsAsync()).Count);

        var plan = await scene.MergeAsync(daysLater: 1, planOnly: true);

        Assert.Equal((MergeOutcome.Planned, false), (plan.Outcome, plan.Applied));
        Assert.Equal((before, runs), (await scene.StateAsync(), (await scene.RunsAsync()).Count));
        var result = await scene.MergeAsync(daysLater: 1);
        Assert.Equal(
            (plan.Users, plan.Inserted, plan.Updated, plan.Deleted, plan.Unchanged, plan.Quarantined),
            (result.Users, result.Inserted, result.Updated, result.Deleted, result.Unchanged, result.Quarantined));
        Assert.Equal(Facts.Of(plan.SegmentMoves), Facts.Of(result.SegmentMoves));
        Assert.Equal(Facts.Of(plan.QuarantinedByRule), Facts.Of(result.QuarantinedByRule));
    }

    [Fact]
    public async Task A_plan_does_not_need_the_lock()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await using var held = await RunLock.TakeAsync(scene.Test.Warehouse, wait: null, scene.Test.Reporter, TestWarehouse.Token);

        Assert.Equal(1, (await scene.MergeAsync(planOnly: true)).Inserted);
    }
}
