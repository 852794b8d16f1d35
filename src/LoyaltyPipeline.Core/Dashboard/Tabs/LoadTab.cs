using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Load performance: where the time of runs goes.</summary>
/// <param name="data">What was read.</param>
internal sealed class LoadTab(DashboardData data)
{
    private const int ListedRuns = 50;

    public DashboardTab Build()
    {
        var alone = new Alone(data);
        DashboardPanel[] panels =
        [
            alone.Panel("load-steps", "Merges by step", Steps), alone.Panel("load-last", "Last merge, step by step", LastRun),
            alone.Panel("load-sources", "Rows read by source", Sources),
            alone.Panel("load-rates", "Speed by source, last merge", Rates),
            alone.Panel("load-quarantine", "Rows put into quarantine, by rule", Rejected),
            alone.Panel("load-waits", "Waiting for other runs", Waits), alone.Panel("load-runs", "Runs", Runs),
        ];
        return new DashboardTab("load", "Load performance", DashboardStates.Worst(panels), panels);
    }

    private DashboardPanel Steps()
    {
        const string Title = "Merges by step";
        var merges = data.Merges;
        if (merges.Count == 0)
            return new DashboardPanel("load-steps", Title, "No merge is shown: none was logged for these days.");
        var (latest, median) = (merges[^1].Seconds, Median([.. merges.Select(merge => merge.Seconds)]));
        return new DashboardPanel(
            "load-steps", Title,
            $"The merge of {Written.Day(merges[^1].Day!.Value)} took {Written.Seconds(latest)}; the median of {Written.Count(merges.Count, "merge")} is {Written.Seconds(median)}.")
        {
            IsWide = true,
            Chart = new DashboardChart(DashboardChartKind.Bars, "Day", "Seconds") { Series = "Step" },
            Table = new DashboardTable(
                [new("Day", DashboardColumnKind.Day), new("Step"), new("Seconds", DashboardColumnKind.Number, "s")],
                [.. merges.SelectMany(
                    merge => merge.Steps.GroupBy(step => GroupOf(step.Step), StringComparer.Ordinal)
                        .Select(
                            group => new object?[] { Written.Day(merge.Day), group.Key,
                                Written.Short(group.Sum(step => step.Seconds)) }))]),
        };
    }

    private DashboardPanel LastRun()
    {
        const string Title = "Last merge, step by step";
        if (data.Runs.FirstOrDefault(run => run.Kind == RunKind.Merge) is not { } run)
            return new DashboardPanel("load-last", Title, "No merge has run yet.");
        var longest = run.Steps.MaxBy(step => step.Seconds);
        var queries = run.Steps.Any(step => step.QueryIds is not null)
            ? string.Empty
            : " The engine kept no ids of queries, as Snowflake does.";
        return new DashboardPanel(
            "load-last", Title,
            $"{Describe(run)}{(longest is null ? string.Empty : $" The longest step is {longest.Step}, with {Written.Seconds(longest.Seconds)}.")}{queries}")
        {
            State = StateOf(run),
            Chart = run.Steps.Count == 0
                ? null
                : new DashboardChart(DashboardChartKind.Gantt, "Step", "Seconds") { Low = "From", High = "To" },
            Table = new DashboardTable(
                [new("Step"), new("From", DashboardColumnKind.Number, "s"), new("To", DashboardColumnKind.Number, "s"),
                    new("Seconds", DashboardColumnKind.Number, "s"), new("Rows", DashboardColumnKind.Number), new("Query ids")],
                [.. run.Steps.Select(
                    step => new object?[] { step.Step, Since(run, step), Written.Short(Since(run, step) + step.Seconds),
                        Written.Short(step.Seconds), step.RowCount, step.QueryIds })]),
        };
    }

    private DashboardPanel Sources()
    {
        const string Title = "Rows read by source";
        var merges = data.Merges;
        if (merges.Count == 0)
            return new DashboardPanel("load-sources", Title, "Nothing was read: no merge was logged for these days.");
        return new DashboardPanel(
            "load-sources", Title,
            $"The last merge read {Written.Number(merges[^1].Sources.Sum(source => source.RowsRead))} rows of {Written.Count(merges[^1].Sources.Count, "source")}.")
        {
            Chart = new DashboardChart(DashboardChartKind.Lines, "Day", "Rows") { Series = "Source" },
            Table = new DashboardTable(
                [new("Day", DashboardColumnKind.Day), new("Source"), new("Rows", DashboardColumnKind.Number)],
                [.. merges.SelectMany(
                    merge => merge.Sources.Select(
                        source => new object?[] { Written.Day(merge.Day), source.SourceTable, source.RowsRead }))]),
        };
    }

    private DashboardPanel Rates()
    {
        const string Title = "Speed by source, last merge";
        var merges = data.Merges;
        if (merges.Count == 0 || merges[^1].Sources.Count == 0)
            return new DashboardPanel("load-rates", Title, "No source was read yet.");
        return new DashboardPanel("load-rates", Title, "Rows that reading and judging went through in a second, of the last merge.")
        {
            Table = new DashboardTable(
                [
                    new("Source"), new("Read", DashboardColumnKind.Number), new("Used", DashboardColumnKind.Number),
                    new("Quarantined", DashboardColumnKind.Number),
                    new("Seconds", DashboardColumnKind.Number, "s"), new("Speed", DashboardColumnKind.Number, "rows/s"),
                    new("Newest event", DashboardColumnKind.Time),
                ],
                [
                    .. merges[^1].Sources.Select(source => new object?[]
                    {
                        source.SourceTable, source.RowsRead, source.RowsUsed, source.RowsQuarantined, Written.Short(source.Seconds),
                        source.Seconds > 0 ? Math.Round(source.RowsRead / source.Seconds) : null, Written.Time(source.NewestEventAt),
                    }),
                ]),
        };
    }

    private DashboardPanel Rejected()
    {
        const string Title = "Rows put into quarantine, by rule";
        var byRun = data.Merges.ToDictionary(merge => merge.RunId, merge => merge.Day, StringComparer.Ordinal);
        var rows = data.Rejected.Where(rejected => byRun.ContainsKey(rejected.RunId))
            .Select(rejected => (Day: byRun[rejected.RunId], rejected.Rule, rejected.Rows)).OrderBy(row => row.Day).ToList();
        if (rows.Count == 0)
            return new DashboardPanel("load-quarantine", Title, "The merges of these days rejected nothing.");
        return new DashboardPanel(
            "load-quarantine", Title,
            $"The merges of these days rejected {Written.Count(rows.Sum(row => row.Rows), "row")}; each is in quarantine with its key and the rule.")
        {
            Chart = new DashboardChart(DashboardChartKind.Bars, "Day", "Rows") { Series = "Rule" },
            Table = new DashboardTable(
                [new("Day", DashboardColumnKind.Day), new("Rule"), new("Rows", DashboardColumnKind.Number)],
                [.. rows.Select(row => new object?[] { Written.Day(row.Day), row.Rule, row.Rows })]),
        };
    }

    private DashboardPanel Waits()
    {
        const string Title = "Waiting for other runs";
        var waited = data.Runs.Select(run => (Run: run, Seconds: run.WaitedSeconds ?? 0)).Where(wait => wait.Seconds > 0).ToList();
        return waited.Count == 0
            ? new DashboardPanel("load-waits", Title, "No run had to wait for another.")
            : new DashboardPanel(
                "load-waits", Title,
                $"{Written.Count(waited.Count, "run")} waited for another, {Written.Seconds(waited.Max(wait => wait.Seconds))} at most.")
            {
                Table = new DashboardTable(
                    [new("Started", DashboardColumnKind.Time), new("Run"), new("Kind"), new("Waited", DashboardColumnKind.Number, "s")],
                    [.. waited.Select(
                        wait => new object?[] { Written.Time(wait.Run.StartedAt), wait.Run.RunId, wait.Run.Kind.ToString(),
                            Written.Short(wait.Seconds) })]),
            };
    }

    private DashboardPanel Runs()
    {
        const string Title = "Runs";
        if (data.Runs.Count == 0)
            return new DashboardPanel("load-runs", Title, "The log has no run yet: import sources and merge a day.");
        var failed = data.Runs.Count(run => run.Status != RunStatus.Succeeded);
        return new DashboardPanel(
            "load-runs", Title,
            $"{Written.Count(data.Runs.Count, "run")}, of which {Written.Number(failed)} did not succeed; the latest {Written.Number(Math.Min(ListedRuns, data.Runs.Count))} are listed.")
        {
            IsWide = true,
            Table = new DashboardTable(
                [
                    new("Started", DashboardColumnKind.Time), new("Kind"), new("Day", DashboardColumnKind.Day),
                    new("State", DashboardColumnKind.State), new("Ended"), new("Seconds", DashboardColumnKind.Number, "s"),
                    new("Quarantined", DashboardColumnKind.Number), new("Error"), new("Run"),
                ],
                [.. data.Runs.Take(ListedRuns)
                    .Select(
                        run => new object?[] { Written.Time(run.StartedAt), run.Kind.ToString(), Written.Day(run.Day), StateOf(run),
                            run.Status.ToString(), Written.Short(run.Seconds), run.Quarantined, run.ErrorId, run.RunId })]),
        };
    }

    /// <summary>How a run ended.</summary>
    public static DashboardState StateOf(RunRecord run) => run.Status switch
    {
        RunStatus.Succeeded => DashboardState.Ok,
        RunStatus.Failed => DashboardState.Bad,
        _ => DashboardState.Warning,
    };

    private static string Describe(RunRecord run) =>
        $"{run.Status} on {Written.Time(run.StartedAt)} UTC after {Written.Seconds(run.Seconds)}{(run.Day is { } day ? $", for {Written.Day(day)}" : string.Empty)}{(run.ErrorId is { } error ? $": {error}" : string.Empty)}.";

    // A step for each source would make a rainbow; the last merge has them one by one.
    private static string GroupOf(string step) => step.StartsWith("Judge ", StringComparison.Ordinal) ? "Judge sources" : step;

    private static double Since(RunRecord run, StepLog step) => Written.Short(Math.Max(0, (step.StartedAt - run.StartedAt).TotalSeconds));

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
