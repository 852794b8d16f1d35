using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Status;

/// <summary>
/// Looks at the source tables, wherever they are kept. What is not there, or cannot be read, is said so and ends nothing.
/// </summary>
public sealed class SourceStateReader(PipelineDefinition pipeline)
{
    /// <summary>Looks at source tables.</summary>
    /// <param name="tables">Which, in the order of the answers.</param>
    /// <param name="wait">How long to wait for a source's file that another process has open; null for not at all.</param>
    /// <param name="reporter">Hears of each row of a log that cannot be read, as <c>LogRowUnreadable</c>.</param>
    /// <returns>The tables, as they are looked at.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>QueryFailed</c>.</exception>
    public async IAsyncEnumerable<SourceState> ReadAsync(
        IWarehouse warehouse, IReadOnlyList<CatalogTable> tables, LockWait? wait, IRunReporter reporter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var logged = await ReadLogAsync(warehouse, reporter, cancellationToken);
        // A source of another file that is away keeps nobody from the others.
        foreach (var kept in tables.GroupBy(table => table.Name.Schema, StringComparer.Ordinal))
        {
            var found = await ReadKeptAsync(warehouse, [.. kept], logged, wait, reporter, cancellationToken);
            foreach (var state in found)
                yield return state;
        }
    }

    private static async Task<Logged> ReadLogAsync(IWarehouse warehouse, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var written = await SnapshotDay.ListAsync(session, cancellationToken);
        var open = await session.ListAsync(
            $"SELECT q.SOURCE_TABLE, COUNT(*) FROM {OpenRows.From} WHERE {OpenRows.Condition} GROUP BY q.SOURCE_TABLE", [],
            reader => (Table: reader.TextAt(0) ?? string.Empty, Rows: reader.LongAt(1)), cancellationToken);
        return new Logged(
            written.Count == 0 ? null : written[^1],
            await LastImport.FindAsync(session, reporter.Unreadable, cancellationToken),
            open.ToDictionary(row => row.Table, row => row.Rows, StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<SourceState>> ReadKeptAsync(
        IWarehouse warehouse, IReadOnlyList<CatalogTable> tables, Logged logged, LockWait? wait, IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        var schema = tables[0].Name.Schema;
        var here = pipeline.Config.Sources.Where(source => source.Key == schema).ToDictionary(StringComparer.Ordinal);
        var part = pipeline with { Config = pipeline.Config with { Sources = here } };
        try
        {
            await using var opened = await PipelineSession.OpenAsync(warehouse, part, wait, reporter, cancellationToken);
            var existing = await SchemaReader.RequireInitializedAsync(opened.Session, part.Config.OtherDatabases, cancellationToken);
            var states = new List<SourceState>();
            foreach (var table in tables)
                states.Add(await ReadAsync(opened.Session, table, existing, logged, cancellationToken));
            return states;
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.SourceMissing
            || failure.Definition == LoyaltyErrors.SourceFileUnreadable || failure.Definition == LoyaltyErrors.WarehouseBusy)
        {
            return [.. tables.Select(table => StateOf(table, logged, new Content(null, null, null, failure.Message)))];
        }
    }

    private async Task<SourceState> ReadAsync(
        IWarehouseSession session, CatalogTable table, IReadOnlyDictionary<string, TableShape> existing, Logged logged,
        CancellationToken cancellationToken)
    {
        var location = pipeline.Config.Locate(table.Name);
        if (!existing.TryGetValue(location.ToUpperInvariant(), out var shape))
            return StateOf(table, logged, new Content(null, null, null, "It does not exist."));
        try
        {
            return StateOf(table, logged, await CountAsync(session, table, location, shape, logged.Newest, cancellationToken));
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed)
        {
            return StateOf(table, logged, new Content(null, null, null, $"It cannot be read: {DuckDbErrors.ReasonOf(failure)}"));
        }
    }

    private static async Task<Content> CountAsync(
        IWarehouseSession session, CatalogTable table, string location, TableShape shape, DateOnly? newest,
        CancellationToken cancellationToken)
    {
        const string None = "CAST(NULL AS DATE)";
        var time = (table.CountedBy ?? table.EventTime) is { } column && shape.Columns.ContainsKey(column.Name) ? column : null;
        var last = time is null ? None : $"MAX(CASE WHEN {time.Type.IsSayable(time.Name)} THEN {time.Name} END)";
        var counted = time is null || newest is not { } day
            ? None
            : $"MAX(CASE WHEN {time.Type.IsSayable(time.Name)} AND {time.Name} < {SqlText.Literal(day.AddDays(1))} THEN {time.Name} END)";
        var content = (await session.ListAsync(
            $"SELECT COUNT(*), {last}, {counted} FROM {location}", [],
            reader => new Content(reader.LongAt(0), reader.TimeAt(1), reader.TimeAt(2), Remark: null), cancellationToken))[0];
        return content with { Remark = content.Rows == 0 ? "It has no row." : null };
    }

    private SourceState StateOf(CatalogTable table, Logged logged, Content content)
    {
        var import = logged.Imports.GetValueOrDefault(table.Name.ToString());
        int? behind = content.NewestCounted is { } counted && logged.Newest is { } day
            ? day.DayNumber - DateOnly.FromDateTime(counted).DayNumber
            : null;
        return new SourceState
        {
            Table = table.Name.ToString(),
            Required = table.Required,
            Location = pipeline.Config.PlaceOf(table.Name),
            Rows = content.Rows,
            NewestEvent = content.Newest,
            DaysBehind = behind,
            FreshWithin = table.FreshWithin,
            LastImport = import?.At,
            LastImportStatus = import?.Status,
            LastFile = import?.File,
            OpenQuarantine = logged.Open.GetValueOrDefault(table.Name.ToString()),
            Remark = content.Remark ?? (behind > table.FreshWithin ? $"It lies {behind} days behind, and may {table.FreshWithin}." : null),
        };
    }

    /// <summary>What the warehouse's own tables say of sources.</summary>
    private sealed record Logged(
        DateOnly? Newest, IReadOnlyDictionary<string, LastImport> Imports, IReadOnlyDictionary<string, long> Open);

    /// <summary>What is in a source.</summary>
    private sealed record Content(long? Rows, DateTime? Newest, DateTime? NewestCounted, string? Remark);
}
