using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Audit;

/// <summary>Reads the audit trail.</summary>
public static class AuditReader
{
    private static readonly StoredTable Stored = new(AuditLog.Table, KeyColumns: 2);

    /// <summary>Reads entries, the newest first.</summary>
    /// <param name="query">Which entries; ids of runs may be patterns.</param>
    /// <param name="reporter">Hears of each run in full that has no entry, as <c>RunNotFound</c>, and of each row that cannot be read, as
    /// <c>LogRowUnreadable</c>.</param>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<AuditEntry>> ReadAsync(
        IWarehouse warehouse, AuditQuery query, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, AuditLog.Tables);
        var filter = new SqlFilter()
            .AndIn("ACTION", query.Actions?.Select(action => action.ToString()).ToList())
            .AndIn("RUN_ID", query.RunIds is null ? null : await FindRunsAsync(session, query.RunIds, reporter, cancellationToken));
        var limit = query.Last is { } count ? $" LIMIT {count.ToString(CultureInfo.InvariantCulture)}" : string.Empty;
        return await session.ListAsync(
            Stored,
            $"""
            SELECT {AuditEntry.Columns} FROM {AuditLog.Table}{filter}
            ORDER BY LOGGED_AT DESC, CHAIN, SEQUENCE_NUMBER DESC{limit}
            """,
            filter.Values, AuditEntry.Read, reporter.Unreadable, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> FindRunsAsync(
        IWarehouseSession session, IReadOnlyList<string> names, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var match = NameMatch.Of(
            names,
            await session.ListAsync(
                $"SELECT DISTINCT RUN_ID FROM {AuditLog.Table} WHERE RUN_ID IS NOT NULL", [], reader => reader.GetString(0),
                cancellationToken));
        foreach (var id in match.Missing)
            reporter.NotFound(LoyaltyErrors.RunNotFound.Because($"The audit trail has no run {id}.", id));
        return match.Found;
    }
}
