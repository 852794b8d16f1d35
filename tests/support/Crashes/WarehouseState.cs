using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Crashes;

/// <summary>
/// What is in a warehouse: of each table the number of rows and a sum over their hashes, without what differs from run to run.
/// </summary>
/// <param name="Data">Sources, Master, History, the written days and their metrics, a line for each table.</param>
/// <param name="Log">The run log, the audit trail and the quarantine.</param>
internal sealed record WarehouseState(string Data, string Log)
{
    private static readonly string[] LogTables = ["RUN", "RUN_STEP", "RUN_SOURCE", "QUARANTINE"];
    private const string Audit = "AUDIT";
    private static readonly string[] Volatile =
        ["RUN_ID", "STARTED_AT", "WRITTEN_AT", "SECONDS", "WAITED_SECONDS", "RESOLVED_BY", "ERASED_AT", "COMPACTION_DUE", "SINCE",
            // Of the audit trail also where in it an entry stands: whether the storage was rebuilt before the kill is an entry too.
            "SEQUENCE_NUMBER", "LOGGED_AT", "PARAMETERS", "PREVIOUS_HASH", "ENTRY_HASH"];

    /// <summary>Reads the state.</summary>
    /// <exception cref="InvalidOperationException">A part of the log belongs to no run, or the audit trail is not whole.</exception>
    public static async Task<WarehouseState> ReadAsync(IWarehouse warehouse, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        foreach (var table in LogTables[1..])
        {
            var orphans = await session.CountAsync(
                $"SELECT COUNT(*) FROM LOYALTY.{table} WHERE RUN_ID NOT IN (SELECT RUN_ID FROM LOYALTY.RUN)", cancellationToken);
            if (orphans > 0)
                throw new InvalidOperationException($"{orphans} rows of {table} belong to no run.");
        }

        await DemandAuditAsync(session, cancellationToken);
        var columns = await session.ListAsync(
            """
            SELECT c.table_schema, c.table_name, c.column_name FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_catalog, table_schema, table_name)
            WHERE t.table_type = 'BASE TABLE' AND c.table_catalog = CURRENT_DATABASE() AND c.table_name NOT IN ('RUN_LOCK', 'AUDIT_HEAD') ORDER BY ALL
            """,
            [],
            reader => (Schema: reader.GetString(0), Table: reader.GetString(1), Column: reader.GetString(2)),
            cancellationToken);
        var (data, log) = (new List<string>(), new List<string>());
        foreach (var table in columns.GroupBy(column => (column.Schema, column.Table)))
        {
            var stable = table.Select(column => column.Column)
                .Where(column => table.Key.Schema != "LOYALTY" || !Volatile.Contains(column, StringComparer.Ordinal));
            // How long a merge took is a row, not a column.
            var where = table.Key switch
            {
                ("LOYALTY", "METRIC") => " WHERE METRIC <> 'run_seconds'",
                ("LOYALTY", Audit) => $" WHERE ACTION <> '{AuditAction.Compact}'",
                _ => string.Empty,
            };
            var line = (await session.ListAsync(
                $"SELECT COUNT(*) || ' ' || COALESCE(SUM(CAST(HASH({string.Join(", ", stable)}) AS HUGEINT)), 0) FROM {table.Key.Schema}.{table.Key.Table}{where}", [], reader => reader.GetString(0), cancellationToken))[0];
            (LogTables.Append(Audit).Contains(table.Key.Table, StringComparer.Ordinal) ? log : data).Add($"{table.Key.Table} {line}");
        }

        return new WarehouseState(string.Join('\n', data), string.Join('\n', log));
    }

    /// <summary>Makes sure that the audit trail is as it was written, whatever was killed.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static async Task DemandAuditAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var found = await new AuditVerification(session).RunAsync(cancellationToken);
        if (found.Faults > 0)
            throw new InvalidOperationException($"The audit trail has {found.Faults} faults: {string.Join("; ", found.Examples)}.");
    }
}
