using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>
/// A new day on which one user in a hundred changed: the merge against its plan, which judges, stages and compares the same day and then
/// stops.
/// </summary>
internal sealed class DailyMergeScenario : IScenario
{
    private static readonly DateOnly Day = new SyntheticDataOptions().LastDay.AddDays(1);

    // The new day itself, written a day earlier: else the 30 days that end with it would change far more users than one in a hundred.
    private static readonly string[] Yesterday =
    [
        "UPDATE LOYALTY.HISTORY SET VALID_FROM = VALID_FROM - 1",
        "UPDATE LOYALTY.SNAPSHOT SET SNAPSHOT_DATE = SNAPSHOT_DATE - 1",
        "UPDATE DW_A.USER_PROFILE SET ACCOUNT_TYPE = CASE ACCOUNT_TYPE WHEN 'premium' THEN 'plus' ELSE 'premium' END WHERE USER_ID % 100 = 0",
    ];

    public string Name => "daily";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        await workspace.EnsureSampleWarehouseAsync(options, cancellationToken);
        var prepared = workspace.PathOf("daily.duckdb");
        Progress.Say(Name, "preparing");
        Workspace.CopyWarehouse(workspace.SampleWarehouse, prepared);
        await MergeTask.StartAsync(prepared, Day, planOnly: false, cancellationToken);
        DuckDbFile.Execute(prepared, Yesterday);

        var (merges, plans) = (new List<MeasuredRun>(), new List<MeasuredRun>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            Progress.Say(Name, $"round {round}");
            foreach (var planOnly in round % 2 == 1 ? new[] { false, true } : [true, false])
            {
                var file = workspace.PathOf("daily-copy.duckdb");
                Workspace.CopyWarehouse(prepared, file);
                (planOnly ? plans : merges).Add(await MergeTask.StartAsync(file, Day, planOnly, cancellationToken));
            }
        }

        Workspace.DeleteWarehouse(prepared);
        return
        [
            new Figure(
                Name, "merge of a new day, 1 % changed / its plan", "x",
                [.. merges.Zip(plans, (merge, plan) => merge.Seconds / plan.Seconds)])
            {
                Target = new Target(1.2),
            },
            new Figure(Name, "merge of a new day, 1 % changed", "s", [.. merges.Select(run => run.Seconds)])
            {
                Parts = Statistics.MedianParts([.. merges.Select(run => run.Parts)]),
            },
            new Figure(Name, "its plan: judged, built, compared", "s", [.. plans.Select(run => run.Seconds)]),
        ];
    }
}
