using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>All default checks beside the merge they follow, and 38 checks of a wide table beside one query for each.</summary>
internal sealed class IntegrityScenario : IScenario
{
    private static readonly DateOnly Day = new SyntheticDataOptions().LastDay;

    // Metrics that were as they are for as long as is looked at, give or take a thousandth: then every metric is judged.
    private const string Past =
        """
        INSERT INTO LOYALTY.METRIC
        SELECT CAST(RUN_DATE - CAST(d.range AS INTEGER) AS DATE), METRIC, REGION_CODE, VALUE * (1 + 0.001 * SIN(d.range * 12.9898))
        FROM LOYALTY.METRIC, range(1, 171) AS d
        """;

    public string Name => "integrity";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken) =>
        [.. await DailyAsync(options, workspace, cancellationToken), .. await WideAsync(options, workspace, cancellationToken)];

    private async Task<IReadOnlyList<Figure>> DailyAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        await workspace.EnsureSampleWarehouseAsync(options, cancellationToken);
        var prepared = workspace.PathOf("integrity.duckdb");
        Progress.Say(Name, "preparing");
        Workspace.CopyWarehouse(workspace.SampleWarehouse, prepared);
        await MergeTask.StartAsync(prepared, Day.AddDays(-1), planOnly: false, cancellationToken);
        DuckDbFile.Execute(prepared, [Past]);

        var (merges, tests) = (new List<MeasuredRun>(), new List<MeasuredRun>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            Progress.Say(Name, $"round {round}");
            var file = workspace.PathOf("integrity-copy.duckdb");
            Workspace.CopyWarehouse(prepared, file);
            merges.Add(await MergeTask.StartAsync(file, Day, planOnly: false, cancellationToken));
            tests.Add(await IntegrityTask.StartAsync(file, cancellationToken));
        }

        Workspace.DeleteWarehouse(prepared);
        return
        [
            new Figure(
                Name, "all default checks / the merge before them", "x",
                [.. tests.Zip(merges, (test, merge) => test.Seconds / merge.Seconds)])
            {
                Target = new Target(0.5),
            },
            new Figure(Name, "all default checks", "s", [.. tests.Select(run => run.Seconds)]),
            new Figure(Name, "checks made", string.Empty, [.. tests.Select(run => (double)run.Rows)]),
            new Figure(Name, "the merge before them", "s", [.. merges.Select(run => run.Seconds)]),
        ];
    }

    private async Task<IReadOnlyList<Figure>> WideAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        var file = workspace.PathOf("wide.duckdb");
        Progress.Say(Name, $"making {WideTable.Rows:N0} rows of {WideTable.Table.Columns.Count} columns");
        await WideTask.PrepareAsync(file, cancellationToken);
        string[] ways = ["run", "counts", "queries"];
        var runs = ways.ToDictionary(way => way, _ => new List<MeasuredRun>(), StringComparer.Ordinal);
        for (var round = 1; round <= options.Rounds; round++)
        {
            Progress.Say(Name, $"wide table, round {round}");
            foreach (var way in round % 2 == 1 ? ways : [.. ways.Reverse()])
                runs[way].Add(await WideTask.StartAsync(file, way, cancellationToken));
        }

        Workspace.DeleteWarehouse(file);
        if (runs.Values.SelectMany(list => list).Select(run => run.Rows).Distinct().Count() != 1)
            throw new InvalidOperationException("The ways to check the wide table do not find the same violations.");
        return
        [
            new Figure(Name, "38 checks of 19.8 M rows x 19 columns, exact", "s", [.. runs["counts"].Select(run => run.Seconds)])
            {
                Target = new Target(10),
            },
            new Figure(Name, "the same, with samples of what each found", "s", [.. runs["run"].Select(run => run.Seconds)]),
            new Figure(Name, "the same, one query for each check", "s", [.. runs["queries"].Select(run => run.Seconds)]),
            new Figure(Name, "violations found", string.Empty, [.. runs["run"].Select(run => (double)run.Rows)]),
        ];
    }
}
