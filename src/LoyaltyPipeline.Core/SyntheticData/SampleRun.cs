using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.SyntheticData.Sinks;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>One run that fills the source tables with a sample, all of it in one transaction.</summary>
/// <param name="options">What the sample contains.</param>
/// <param name="replace">Whether rows that are in the source tables may be removed.</param>
internal sealed class SampleRun(RunContext context, SyntheticDataOptions options, bool replace)
    : RunFrame<SampleResult>(context, RunKind.Sample, SyntheticReport.Activity, expectedSteps: 1)
{
    private long _inserted;
    private long _deleted;

    protected override RunFindings Findings => new() { Totals = new RunTotals(_inserted, Deleted: _deleted) };

    protected override AuditParameters Parameters => new()
    {
        { "users", options.Users },
        { "days", options.Days },
        { "last_day", options.LastDay },
        { "seed", options.Seed },
        { "dirty", options.Dirty },
        { "replace", replace },
    };

    /// <summary>Makes sure that a sample may be written.</summary>
    /// <exception cref="LoyaltyException"><c>SampleTargetNotEmpty</c>, <c>WarehouseNotInitialized</c>.</exception>
    public static async Task RequireRoomAsync(
        IWarehouseSession session, LoyaltyCatalog catalog, bool replace, CancellationToken cancellationToken)
    {
        var tables = await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        if (replace)
            return;
        foreach (var source in catalog.Sources.Where(source => tables.ContainsKey(source.Name.ToString())))
        {
            var rows = await session.CountAsync($"SELECT COUNT(*) FROM {source.Name}", cancellationToken);
            if (rows > 0)
                throw LoyaltyErrors.SampleTargetNotEmpty.Because(
                    $"The source table {source} holds {rows} rows already.", source.Name.ToString());
        }
    }

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
        await RequireRoomAsync(Session, Pipeline.Catalog, replace, cancellationToken);
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
