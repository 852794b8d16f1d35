using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>
/// A year of days on each of which three users in a hundred change: what History takes beside a full copy of Master for each day, and what
/// it takes to read a day of it beside reading a table that holds only that day.
/// </summary>
internal sealed class HistoryScenario : IScenario
{
    private const int Users = 100_000;
    private const int Days = 365;
    private const int DaysRead = 5;

    public string Name => "history";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        var (warehouse, copies) = (workspace.PathOf("history.duckdb"), workspace.PathOf("copies.duckdb"));
        Progress.Say(Name, $"writing {Days} days");
        await SampleTask.StartAsync(warehouse, options with { Users = Users, Days = 365 }, cancellationToken);
        var before = new FileInfo(warehouse).Length;
        var written = await HistoryTask.StartAsync(warehouse, copies, Days, cancellationToken);
        // What the sources take is there with and without history.
        var size = (double)(new FileInfo(warehouse).Length - before) / new FileInfo(copies).Length;

        var ratios = new List<double>();
        var reads = new List<double>();
        for (var number = 0; number < DaysRead; number++)
        {
            var day = HistoryTask.FirstDay.AddDays((Days - 1) * number / (DaysRead - 1));
            Progress.Say(Name, $"reading {day:yyyy-MM-dd}");
            var copy = workspace.PathOf("copy.duckdb");
            PlainCopyTask.Prepare(copies, copy, day);
            ratios.Add(Statistics.Median([.. await MeasureAsync(warehouse, copy, day, options.Rounds, reads, cancellationToken)]));
        }

        foreach (var file in new[] { warehouse, copies })
            Workspace.DeleteWarehouse(file);
        return
        [
            new Figure(Name, $"file of {Days} days x {Users} users x 3 % / full copies", "x", [size]) { Target = new Target(1 / 8.0) },
            new Figure(Name, "users changed on a day", "%", [written.Parts["changed"]]),
            new Figure(Name, "merge of a day", "s", [written.Parts["merge"]]),
            new Figure(Name, "-AsOf a day / a plain copy, slowest of five days", "x", [ratios.Max()]) { Target = new Target(2) },
            new Figure(Name, "-AsOf a day", "s", reads),
        ];
    }

    private static async Task<List<double>> MeasureAsync(
        string warehouse, string copy, DateOnly day, int rounds, List<double> reads, CancellationToken cancellationToken)
    {
        var ratios = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            var plainFirst = round % 2 == 0;
            var plain = plainFirst ? await PlainCopyTask.StartAsync(copy, cancellationToken) : null;
            var asOf = await AsOfTask.StartAsync(warehouse, day, cancellationToken);
            plain ??= await PlainCopyTask.StartAsync(copy, cancellationToken);
            if (asOf.Rows != plain.Rows)
                throw new InvalidOperationException($"{day:yyyy-MM-dd} has {plain.Rows} users, but -AsOf reads {asOf.Rows}.");
            reads.Add(asOf.Seconds);
            ratios.Add(asOf.Seconds / plain.Seconds);
        }

        return ratios;
    }
}
