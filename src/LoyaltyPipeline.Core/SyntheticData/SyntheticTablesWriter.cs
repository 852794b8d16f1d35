using System.Diagnostics;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.SyntheticData.Planting;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using LoyaltyPipeline.Core.SyntheticData.Tables;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Writes the thirteen source tables of a synthetic sample.</summary>
public static class SyntheticTablesWriter
{
    /// <summary>
    /// Generates all tables, several at a time. <paramref name="openSink"/> is called once per table, from the thread that fills it, and
    /// gets the name (such as <c>DW_A.USER_PROFILE</c>) and the columns; the sink is completed and disposed here. Rules about types can
    /// only be broken in sinks that are <see cref="IRawTextSink"/>.
    /// </summary>
    public static async Task<SampleResult> WriteAsync(
        SyntheticDataOptions options,
        Func<string, IReadOnlyList<string>, IRowSink> openSink,
        IProgress<SyntheticProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        SyntheticDataOptions.Validate(options);
        var clock = Stopwatch.StartNew();
        var population = new SyntheticPopulation(options);
        var ledger = new SyntheticLedger(options, progress);
        var results = new SampleTableResult[SyntheticTables.All.Count];

        await Parallel.ForEachAsync(
            TableGenerators.CreateLargestFirst(),
            new ParallelOptions { MaxDegreeOfParallelism = options.WorkerCount, CancellationToken = cancellationToken },
            (generator, token) =>
            {
                var result = WriteTable(generator, options, population, openSink, ledger, token);
                results[SyntheticTables.All.Index().First(entry => entry.Item == generator.Table).Index] = result;
                return ValueTask.CompletedTask;
            });

        return new SampleResult(
            options.Users, Midnight.Of(options.FirstDay), Midnight.Of(options.LastDay), options.Seed, results, clock.Elapsed.TotalSeconds);
    }

    private static SampleTableResult WriteTable(
        TableGenerator generator,
        SyntheticDataOptions options,
        SyntheticPopulation population,
        Func<string, IReadOnlyList<string>, IRowSink> openSink,
        SyntheticLedger ledger,
        CancellationToken cancellationToken)
    {
        var table = generator.Table;
        var meter = new RowMeter(table.Name, ledger, cancellationToken);
        using var sink = openSink(table.Name, table.ColumnNames);
        using var planting = options.Dirty ? new PlantingSink(sink, table, options.LastDay) : null;
        IRowSink target = planting is null ? sink : planting;

        generator.Write(population, target, meter);
        meter.Report();
        target.Complete();

        var planted = planting?.CountByRule() ?? new Dictionary<string, long>(StringComparer.Ordinal);
        return new SampleTableResult(table.Name, meter.Rows + planted.Values.Sum(), planted);
    }
}
