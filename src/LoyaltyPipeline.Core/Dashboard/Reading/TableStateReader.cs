using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Looks how much each table has, how new it is, and what the last test run found of it.</summary>
internal sealed class TableStateReader(PipelineDefinition pipeline, IWarehouseSession session)
{
    /// <summary>The sources and tables, in the order of the catalog.</summary>
    /// <exception cref="Errors.LoyaltyException"><c>WarehouseNotInitialized</c>, <c>QueryFailed</c>.</exception>
    public async Task<IReadOnlyList<TableState>> ReadAsync(CancellationToken cancellationToken)
    {
        var shapes = await SchemaReader.RequireInitializedAsync(session, cancellationToken, [SnapshotTable, CheckResultLog.Table]);
        var checks = await ReadChecksAsync(cancellationToken);
        var newest = (await session.ListAsync(
            $"SELECT MAX(SNAPSHOT_DATE) FROM {SnapshotTable}", [], reader => reader.DateAt(0), cancellationToken))[0];
        var states = new List<TableState>();
        foreach (var table in pipeline.Catalog.Tables.Where(table => table.Kind != TableKind.View))
            states.Add(await ReadAsync(table, shapes, newest, checks.GetValueOrDefault(table.Name.ToString()), cancellationToken));
        return states;
    }

    private const string SnapshotTable = "LOYALTY.SNAPSHOT";

    private async Task<TableState> ReadAsync(
        CatalogTable table, IReadOnlyDictionary<string, TableShape> shapes, DateOnly? newestDay, string? check,
        CancellationToken cancellationToken)
    {
        var location = pipeline.Config.Locate(table.Name);
        var isElsewhere = pipeline.Config.Sources.ContainsKey(table.Name.Schema);
        if (!isElsewhere && !shapes.ContainsKey(location.ToUpperInvariant()))
            return new TableState(table.Name.ToString(), Rows: null, Newest: null, DaysOld: null, table.FreshWithin, check);
        var newest = table.EventTime is { } time ? $"CAST(MAX({time.Name}) AS DATE)" : "CAST(NULL AS DATE)";
        var (rows, day) = (await session.ListAsync(
            $"SELECT COUNT(*), {newest} FROM {location}", [], reader => (reader.LongAt(0), reader.DateAt(1)), cancellationToken))[0];
        return new TableState(
            table.Name.ToString(), rows, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            newestDay is { } merged && day is { } last ? merged.DayNumber - last.DayNumber : null, table.FreshWithin, check);
    }

    private async Task<Dictionary<string, string>> ReadChecksAsync(CancellationToken cancellationToken)
    {
        var found = await session.ListAsync(
            $"""
            SELECT TABLE_NAME, MAX(CASE STATUS WHEN 'Error' THEN 4 WHEN 'Failed' THEN 3 WHEN 'Warning' THEN 2 WHEN 'Passed' THEN 1 ELSE 0 END)
            FROM {CheckResultLog.Table}
            WHERE TABLE_NAME IS NOT NULL AND RUN_ID = (
                SELECT MAX(RUN_ID) FROM LOYALTY.RUN WHERE KIND = '{nameof(RunKind.Test)}' AND STATUS = '{nameof(RunStatus.Succeeded)}')
            GROUP BY TABLE_NAME
            """,
            [],
            reader => (Table: reader.GetString(0), Worst: (int)reader.LongAt(1)),
            cancellationToken);
        string[] words = ["skipped", "passed", "warning", "failed", "error"];
        return found.ToDictionary(one => one.Table, one => words[one.Worst], StringComparer.OrdinalIgnoreCase);
    }
}
