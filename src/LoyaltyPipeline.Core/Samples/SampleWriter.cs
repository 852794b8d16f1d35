using System.Diagnostics;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Samples.Planting;
using LoyaltyPipeline.Core.Samples.Tables;

namespace LoyaltyPipeline.Core.Samples;

/// <summary>Writes the thirteen source tables of a synthetic sample.</summary>
public static class SampleWriter
{
    /// <summary>
    /// Generates all tables, several at a time. <paramref name="openSink"/> is called once per table, from the thread that fills it, and
    /// gets the name (such as <c>DW_A.USER_PROFILE</c>) and the columns; the sink is completed and disposed here. Rules about types can
    /// only be broken in sinks that are <see cref="IRawTextSink"/>.
    /// </summary>
    public static async Task<SampleResult> WriteAsync(
        SampleOptions options,
        Func<string, IReadOnlyList<string>, IRowSink> openSink,
        IProgress<SampleProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        SampleOptions.Validate(options);
        var clock = Stopwatch.StartNew();
        var population = new SamplePopulation(options);
        var ledger = new SampleLedger(options, progress);
        var results = new SampleTableResult[SampleTables.All.Count];

        await new SampleWorkers(options.WorkerCount).RunAsync(
            TableGenerators.CreateLargestFirst(),
            (generator, token) =>
            {
                var result = WriteTable(generator, options, population, openSink, ledger, token);
                results[SampleTables.All.Index().First(entry => entry.Item == generator.Table).Index] = result;
            },
            cancellationToken);

        return new SampleResult(
            options.Users, Midnight.Of(options.FirstDay), Midnight.Of(options.LastDay), options.Seed, results, clock.Elapsed.TotalSeconds);
    }

    private static SampleTableResult WriteTable(
        TableGenerator generator,
        SampleOptions options,
        SamplePopulation population,
        Func<string, IReadOnlyList<string>, IRowSink> openSink,
        SampleLedger ledger,
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
