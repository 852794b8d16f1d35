using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.SyntheticData.Sinks;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>One run that fills the source tables with a sample, all of it in one transaction.</summary>
/// <param name="options">What the sample contains.</param>
/// <param name="requireRoom">Makes sure that the sample may be written.</param>
internal sealed class SampleRun(RunContext context, SyntheticDataOptions options, Func<CancellationToken, Task> requireRoom)
    : RunFrame<SampleResult>(context, RunKind.Sample, SyntheticReport.Activity, expectedSteps: 1)
{
    private long _inserted;
    private long _deleted;

    protected override RunFindings Findings => new() { Totals = new RunTotals(_inserted, Deleted: _deleted) };

    protected override async Task<SampleResult> WorkAsync(CancellationToken cancellationToken)
    {
        SampleResult? result = null;
        await Clock.RunAsync("Write", async () =>
        {
            result = await WriteAsync(cancellationToken);
            return _inserted = result.Rows;
        });
        await LogSuccessAsync(cancellationToken);
        await Session.CommitAsync(cancellationToken);
        return result!;
    }

    private async Task<SampleResult> WriteAsync(CancellationToken cancellationToken)
    {
        var sources = Pipeline.Catalog.Sources;
        await SchemaInstaller.ApplyAsync(Session, await SchemaInstaller.PlanAsync(Session, sources, cancellationToken), cancellationToken);
        await Session.BeginAsync(cancellationToken);
        // Looked at again: until the lock was taken another run may have written.
        await requireRoom(cancellationToken);
        foreach (var source in sources)
            _deleted += await Session.ExecuteAsync($"DELETE FROM {source.Name}", cancellationToken);

        var shapes = await SchemaReader.ReadAsync(Session, cancellationToken);
        // One connection takes one appender at a time, so tables are written one after another.
        return await SyntheticTablesWriter.WriteAsync(
            Pipeline.Catalog,
            options with { Threads = 1 },
            (table, columns) => Open(table, columns, [.. shapes[table].Columns.Keys]),
            new SyntheticReport(Reporter),
            cancellationToken);
    }

    /// <summary>A table that is older than the catalog has columns that came later at its end.</summary>
    private IRowSink Open(string table, IReadOnlyList<string> columns, IReadOnlyList<string> stored)
    {
        var sink = new DuckDbRowSink((DuckDbSession)Session, table.Split('.')[0], table.Split('.')[1]);
        return columns.SequenceEqual(stored, StringComparer.Ordinal) ? sink : new StoredOrderSink(sink, columns, stored);
    }
}
