using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Runs;

/// <summary>The run log as it is read.</summary>
public sealed class RunReaderTests
{
    [Fact]
    public async Task Runs_come_newest_first_with_their_own_steps_and_sources()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        var import = await scene.Test.ImportAsync(
            scene.Test.Write("SUPPORT_CALLS.csv", "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,2024-03-01,3\nx,2024-03-01,3\n"));
        var first = await scene.MergeAsync();
        var second = await scene.MergeAsync(daysLater: 1);

        var runs = await ReadAsync(scene, new RunQuery());

        Assert.Equal([second.RunId, first.RunId, import.RunId], runs.Select(run => run.RunId));
        Assert.Equal([RunKind.Merge, RunKind.Merge, RunKind.Import], runs.Select(run => run.Kind));
        var sources = scene.Test.Pipeline.Catalog.Sources.Count;
        Assert.All(runs.Take(2), run => Assert.Equal((sources + 6, sources), (run.Steps.Count, run.Sources.Count)));
        Assert.All(runs, run => Assert.Equal(Enumerable.Range(1, run.Steps.Count), run.Steps.Select(step => step.StepNumber)));
        var source = Assert.Single(runs[2].Sources);
        Assert.Equal(("DW_B.SUPPORT_CALLS", 2, 1, 1), (source.SourceTable, source.RowsRead, source.RowsUsed, source.RowsQuarantined));
        Assert.Equal((null, 1, 1, DateTimeKind.Utc), (runs[2].Day, runs[2].Inserted, runs[2].Quarantined, runs[2].StartedAt.Kind));
    }

    [Fact]
    public async Task They_are_chosen_by_kind_status_day_and_number()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        var first = await scene.MergeAsync();
        var second = await scene.MergeAsync(daysLater: 1);
        scene.ChangeDefinition(script: text => text.Replace("WITH users AS", "WITH", StringComparison.Ordinal));
        await scene.RefusedAsync("MasterScriptInvalid", RunStatus.Failed);

        Assert.Equal(
            [second.RunId, first.RunId], (await ReadAsync(scene, new RunQuery(Statuses: [RunStatus.Succeeded]))).Select(run => run.RunId));
        Assert.Equal(2, (await ReadAsync(scene, new RunQuery(RunDate: MergeScene.Day))).Count);
        Assert.Equal(
            [first.RunId],
            (await ReadAsync(scene, new RunQuery(RunDate: MergeScene.Day, Statuses: [RunStatus.Succeeded]))).Select(run => run.RunId));
        Assert.Equal([RunStatus.Failed], (await ReadAsync(scene, new RunQuery(Last: 1))).Select(run => run.Status));
        // All but the last, which is the commit of what is logged.
        Assert.Equal(
            first.Steps.SkipLast(1).Select(step => step.Step),
            Assert.Single(await ReadAsync(scene, new RunQuery([first.RunId]))).Steps.Select(step => step.Step));
        Assert.Empty(await ReadAsync(scene, new RunQuery(Kinds: [RunKind.Import])));
        Assert.Empty(await ReadAsync(scene, new RunQuery(Last: 0)));
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_not_found()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        var run = await scene.MergeAsync();

        var reporter = new RecordingReporter();
        var found = await RunReader.FindAsync(
            scene.Test.Warehouse, ["x' OR 1=1 --", run.RunId[..8] + "*", "none?", run.RunId], reporter, TestWarehouse.Token);

        Assert.Equal([run.RunId], found);
        Assert.Equal(("RunNotFound", "x' OR 1=1 --"), reporter.Missing.Select(missing => (missing.ErrorId, missing.Target)).Single());
        // It is there, though it is no import.
        Assert.Empty(await ReadAsync(scene, new RunQuery([run.RunId], Kinds: [RunKind.Import])));
        Assert.Empty(await ReadAsync(scene, new RunQuery(["none"])));
    }

    [Fact]
    public void Ids_sort_by_time_and_differ_at_the_same_time()
    {
        var start = new DateTime(2024, 2, 29, 23, 59, 59, 998, DateTimeKind.Utc);
        var ids = Enumerable.Range(0, 2000).Select(index => RunId.Create(start.AddMilliseconds(index))).ToList();

        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
        Assert.All(ids, id => Assert.Matches("^[0-9]{8}T[0-9]{9}-[0-9a-f]{4}$", id));
        Assert.StartsWith("20240229T235959998-", ids[0], StringComparison.Ordinal);
        Assert.NotEqual(1, Enumerable.Range(0, 10).Select(_ => RunId.Create(start)).Distinct(StringComparer.Ordinal).Count());
    }

    private static Task<IReadOnlyList<RunRecord>> ReadAsync(MergeScene scene, RunQuery query) =>
        RunReader.ReadAsync(scene.Test.Warehouse, query, scene.Test.Reporter, TestWarehouse.Token);
}
