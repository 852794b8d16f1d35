using System.Collections.Concurrent;
using System.Diagnostics;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.SyntheticData.Declared;
using LoyaltyPipeline.Core.SyntheticData.Planting;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using LoyaltyPipeline.Core.SyntheticData.Tables;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Writes the source tables of a synthetic sample.</summary>
public static class SyntheticTablesWriter
{
    /// <summary>
    /// Generates all sources of a catalog, several at a time. <paramref name="openSink"/> is called once per table, from the thread that
    /// fills it, and gets the name (such as <c>DW_A.USER_PROFILE</c>) and the columns; the sink is completed and disposed here. Rules about
    /// types can only be broken in sinks that are <see cref="IRawTextSink"/>.
    /// </summary>
    public static async Task<SampleResult> WriteAsync(
        LoyaltyCatalog catalog,
        SyntheticDataOptions options,
        Func<string, IReadOnlyList<string>, IRowSink> openSink,
        IProgress<SyntheticProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        SyntheticDataOptions.Validate(options);
        var clock = Stopwatch.StartNew();
        var population = new SyntheticPopulation(options);
        var ledger = new SyntheticLedger(options.Users, progress);
        var references = new ReferencedValues(catalog, population);
        var results = new ConcurrentDictionary<TableName, SampleTableResult>();

        await Parallel.ForEachAsync(
            TableGenerators.CreateLargestFirst(catalog.Sources, references),
            new ParallelOptions { MaxDegreeOfParallelism = options.WorkerCount, CancellationToken = cancellationToken },
            (entry, token) =>
            {
                var (table, generator) = entry;
                var meter = new RowMeter(table.Name.ToString(), ledger, token);
                results[table.Name] = WriteTable(
                    table, options, openSink, sink => generator.Write(table, references, population, sink, meter), meter);
                return ValueTask.CompletedTask;
            });

        return new SampleResult(
            options.Users, Midnight.Of(options.FirstDay), Midnight.Of(options.LastDay), options.Seed,
            [.. catalog.Sources.Select(source => results[source.Name])], clock.Elapsed.TotalSeconds);
    }

    private static SampleTableResult WriteTable(
        CatalogTable table,
        SyntheticDataOptions options,
        Func<string, IReadOnlyList<string>, IRowSink> openSink,
        Action<IRowSink> writeRows,
        RowMeter meter)
    {
        var name = table.Name.ToString();
        using var sink = openSink(name, [.. table.Columns.Select(column => column.Name)]);
        using var planting = options.Dirty ? new PlantingSink(sink, table, options.LastDay) : null;
        IRowSink target = planting is null ? sink : planting;

        writeRows(target);
        meter.Report();
        target.Complete();

        var planted = planting?.CountByRule() ?? new Dictionary<string, long>(StringComparer.Ordinal);
        return new SampleTableResult(name, meter.Rows + planted.Values.Sum(), planted);
    }
}
