using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.History;

/// <summary>Reads what Master said on earlier days.</summary>
/// <param name="catalog">The catalog, which knows the columns of Master.</param>
public sealed class HistoryReader(LoyaltyCatalog catalog)
{
    /// <summary>Reads versions of users.</summary>
    /// <param name="query">Which versions. A day that has not been written stands for the last written one before it.</param>
    /// <returns>The versions by user and time, as they are read.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>; <c>DayNotWritten</c>: no day up to the one asked for has been
    /// written; <c>LogRowUnreadable</c>.</exception>
    public async IAsyncEnumerable<UserVersion> ReadVersionsAsync(
        IWarehouse warehouse, VersionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var stored = await StoredAsync(session, cancellationToken);
        var holds = query.AsOf is { } day
            ? HistoryVersions.HoldsOn(await SnapshotDay.LastWrittenAsync(session, day, cancellationToken))
            : "TRUE";
        var limit = query.First is { } first ? $" LIMIT {first}" : string.Empty;
        var columns = catalog.Master.Columns;
        await using var reader = await session.QueryAsync(
            $"""
            SELECT h.USER_ID, h.VALID_FROM, h.VALID_TO, h.ENGAGEMENT_SEGMENT,
                {SqlText.List(columns.Select(column => stored.Select("h", column)))}
            FROM {HistoryVersions.Table} AS h
            WHERE {holds} AND {IsOneOf("h.USER_ID", query.UserIds)}
            ORDER BY h.USER_ID, h.VALID_FROM{limit}
            """,
            [],
            cancellationToken);
        var row = new StoredRow(reader, new StoredTable(HistoryVersions.Table, KeyColumns: 2));
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = columns.Select((column, index) => (column.Name, Value: Midnight.OfDay(reader.ValueAt(index + 4))))
                .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
            yield return new UserVersion(row.Whole(0), row.Day(1), row.DayOrNull(2), row.TextOrNull(3), values);
        }
    }

    /// <summary>Compares two days.</summary>
    /// <param name="query">The days and the columns. A day that has not been written stands for the last written one before it.</param>
    /// <returns>The changes by user and column, as they are read.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>DayNotWritten</c>; <c>ColumnUnknown</c>: Master has no such
    /// column.</exception>
    public async IAsyncEnumerable<UserChange> ReadChangesAsync(
        IWarehouse warehouse, ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var columns = ColumnPattern.Choose(catalog.Master, query.Columns);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var stored = await StoredAsync(session, cancellationToken);
        var earlier = await SnapshotDay.LastWrittenAsync(session, query.Earlier, cancellationToken);
        var later = await SnapshotDay.LastWrittenAsync(session, query.Later, cancellationToken);
        var pairs = UserChangeRow.Pairs(columns, column => stored.Select("a", column), column => stored.Select("b", column));
        // A version that holds on both days has nothing to tell.
        await using var reader = await session.QueryAsync(
            $"""
            SELECT a.USER_ID, b.USER_ID, {pairs}
            FROM {VersionsOn(earlier)} AS a
            FULL OUTER JOIN {VersionsOn(later)} AS b ON b.USER_ID = a.USER_ID
            WHERE a.VALID_FROM IS DISTINCT FROM b.VALID_FROM AND {IsOneOf("COALESCE(a.USER_ID, b.USER_ID)", query.UserIds)}
            ORDER BY COALESCE(a.USER_ID, b.USER_ID)
            """,
            [],
            cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            foreach (var change in UserChangeRow.Read(reader, columns))
                yield return change;
        }
    }

    /// <summary>Finds columns of Master.</summary>
    /// <param name="names">Names and patterns of them.</param>
    /// <param name="reporter">Hears of each name that Master has no column of, as <c>ColumnUnknown</c>.</param>
    /// <returns>Those of the names and patterns that fit a column.</returns>
    public IReadOnlyList<string> FindColumns(IReadOnlyList<string> names, IRunReporter reporter)
    {
        foreach (var name in names.Where(name => !NameMatch.IsPattern(name) && !ColumnPattern.Matches(name, catalog.Master)))
            reporter.NotFound(ColumnPattern.Unknown(catalog.Master, name));
        return [.. names.Where(name => ColumnPattern.Matches(name, catalog.Master))];
    }

    /// <summary>Looks for users that History has never had.</summary>
    /// <param name="reporter">Hears of each, as <c>UserNotFound</c>.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task ReportMissingAsync(
        IWarehouse warehouse, IReadOnlyCollection<long> userIds, IRunReporter reporter, CancellationToken cancellationToken)
    {
        if (userIds.Count == 0)
            return;
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await StoredAsync(session, cancellationToken);
        var known = await session.ListAsync(
            $"SELECT DISTINCT USER_ID FROM {HistoryVersions.Table} WHERE {IsOneOf("USER_ID", [.. userIds])}", [],
            reader => reader.LongAt(0), cancellationToken);
        foreach (var userId in userIds.Except(known))
            reporter.NotFound(LoyaltyErrors.UserNotFound.Because($"History has no user {userId}.", userId));
    }

    private static async Task<TableShape> StoredAsync(IWarehouseSession session, CancellationToken cancellationToken) =>
        (await SchemaReader.RequireInitializedAsync(session, cancellationToken))[HistoryVersions.Table];

    private static string VersionsOn(DateOnly day) =>
        $"(SELECT * FROM {HistoryVersions.Table} AS h WHERE {HistoryVersions.HoldsOn(day)})";

    private static string IsOneOf(string column, IReadOnlyList<long> values) =>
        values.Count == 0 ? "TRUE" : $"{column} IN ({string.Join(", ", values)})";
}
