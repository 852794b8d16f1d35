using System.Diagnostics;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Judges the rows of sources: first those that break a rule by themselves, then orphans, then the losers among rows of one key.
/// Each is looked for by a cheap query; only where one is found is anything written or any winner picked.
/// </summary>
/// <param name="day">The run date.</param>
internal sealed class SourceJudge(IWarehouseSession session, DateOnly day)
{
    private Dictionary<TableName, long> _rowsOfUsers = [];
    private string? _users;

    private string Users => _users ?? throw new InvalidOperationException("The table of users has not been judged.");

    /// <summary>Creates the table that rejected rows go to.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => session.ExecuteAsync(
        MergeTables.DropAndCreate(MergeTables.Quarantine, "(SOURCE_TABLE VARCHAR, ROW_KEY VARCHAR, RULE VARCHAR, DETAIL VARCHAR)"),
        cancellationToken);

    /// <summary>
    /// Counts, in one pass over all sources, the rows that belong to a user. Comes between judging the users and judging the others.
    /// </summary>
    /// <param name="sources">The other sources, with their rows that count for the run date.</param>
    public async Task CountRowsOfUsersAsync(
        IEnumerable<(CatalogTable Source, string Relation)> sources, CancellationToken cancellationToken)
    {
        var named = sources.Where(entry => entry.Source.OrphanColumn is not null).ToList();
        if (named.Count == 0)
            return;
        var rows = named.Select(
            (entry, index) => $"SELECT {index} AS SOURCE_INDEX, {entry.Source.OrphanColumn!.Name} AS USER_ID FROM {entry.Relation} AS r");
        // Each user is there once, so a row joins once or belongs to nobody.
        var counts = await session.ListAsync(
            $"""
            SELECT SOURCE_INDEX, COUNT(*)
            FROM ({string.Join(" UNION ALL ", rows)}) AS a
            JOIN {Users} AS u ON u.USER_ID = a.USER_ID
            GROUP BY SOURCE_INDEX
            """,
            [],
            reader => (Source: named[(int)reader.LongAt(0)].Source.Name, Rows: reader.LongAt(1)),
            cancellationToken);
        _rowsOfUsers = counts.ToDictionary(count => count.Source, count => count.Rows);
    }

    /// <summary>Judges a source. The table of users comes first: it decides who is an orphan.</summary>
    /// <param name="relation">Its rows that count for the run date.</param>
    /// <param name="definesUsers">Whether its accepted rows are the users.</param>
    /// <returns>The accepted rows and the counts.</returns>
    public async Task<JudgedSource> JudgeAsync(CatalogTable source, string relation, bool definesUsers, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var rules = RowRules.Of(source);
        // What cannot be said is judged below.
        var newest = source.EventTime is { } time
            ? $"MAX(CASE WHEN {time.Type.IsSayable(time.Name)} THEN {time.Name} END)"
            : "CAST(NULL AS DATE)";
        var named = source.OrphanColumn is { } user ? $"COUNT({user.Name})" : "0";
        // No row that is read is later than the run date.
        var ofDay = source.CountedBy is { } counted ? $"COUNT_IF({counted.Name} >= {SqlText.Literal(day)})" : "COUNT(*)";
        var (read, broken, newestEvent, rowsWithUser, rowsOfDay) = (await session.ListAsync(
            $"SELECT COUNT(*), COUNT_IF({rules.AnyBroken}), {newest}, {named}, {ofDay} FROM {relation} AS r",
            [],
            reader => (reader.LongAt(0), reader.LongAt(1), ReadTime(reader), reader.LongAt(3), reader.LongAt(4)),
            cancellationToken))[0];

        var accepted = relation;
        if (broken > 0)
        {
            await RejectAsync(
                source,
                $"SELECT {RowRules.KeyText(source)}, {rules.FirstRule}, {rules.FirstDetail} FROM {relation} AS r WHERE {rules.AnyBroken}",
                cancellationToken);
            accepted = $"(SELECT * FROM {relation} AS r WHERE NOT ({rules.AnyBroken}))";
        }

        if (rowsWithUser != _rowsOfUsers.GetValueOrDefault(source.Name))
            accepted = await RejectOrphansAsync(source, accepted, cancellationToken);
        // One row has no rival.
        if (read - broken > 1)
            accepted = await RejectLosersAsync(source, accepted, cancellationToken);

        if (definesUsers)
            await DefineUsersAsync(accepted, accepted != relation, cancellationToken);

        var used = accepted == relation ? read : await session.CountAsync($"SELECT COUNT(*) FROM {accepted} AS a", cancellationToken);
        var log = new SourceLog(source.Name.ToString(), read, used, read - used, newestEvent, clock.Elapsed.TotalSeconds);
        return new JudgedSource(source, accepted, log, rowsOfDay);
    }

    /// <summary>Takes a source that is known to hold nothing to reject.</summary>
    /// <param name="relation">Its rows that count for the run date.</param>
    /// <param name="definesUsers">Whether its rows are the users.</param>
    /// <param name="log">What a run reads of it.</param>
    /// <param name="rowsOfDay">The rows of the run date among them.</param>
    public JudgedSource Trust(CatalogTable source, string relation, bool definesUsers, SourceLog log, long rowsOfDay)
    {
        if (definesUsers)
            _users = relation;
        return new JudgedSource(source, relation, log, rowsOfDay);
    }

    /// <summary>The rejected rows by source and rule, checked against what was read and used.</summary>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>: some row was neither used nor quarantined, or both.</exception>
    public async Task<IReadOnlyList<RejectedRows>> ReconcileAsync(IReadOnlyList<SourceLog> logs, CancellationToken cancellationToken)
    {
        var rejected = await session.ListAsync(
            $"SELECT SOURCE_TABLE, RULE, COUNT(*) FROM {MergeTables.Quarantine} GROUP BY SOURCE_TABLE, RULE ORDER BY SOURCE_TABLE, RULE",
            [],
            reader => new RejectedRows(reader.GetString(0), reader.GetString(1), reader.LongAt(2)),
            cancellationToken);
        foreach (var log in logs)
        {
            var quarantined = rejected.Where(rows => rows.SourceTable == log.SourceTable).Sum(rows => rows.Rows);
            if (log.RowsQuarantined != quarantined)
            {
                throw LoyaltyErrors.ReconciliationFailed.Because(
                    $"{log.SourceTable}: {log.RowsRead} rows read, {log.RowsUsed} used, but {quarantined} quarantined.", log.SourceTable);
            }
        }

        return rejected;
    }

    private static DateTime? ReadTime(System.Data.Common.DbDataReader reader) => reader.IsDBNull(2)
        ? null
        : reader.GetValue(2) is DateOnly day ? day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : reader.TimeAt(2);

    private Task<long> RejectAsync(CatalogTable source, string rows, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"INSERT INTO {MergeTables.Quarantine} SELECT {SqlText.Quote(source.Name.ToString())}, q.* FROM ({rows}) AS q", cancellationToken);

    private async Task<string> RejectOrphansAsync(CatalogTable source, string accepted, CancellationToken cancellationToken)
    {
        var column = source.OrphanColumn!;
        var isUser = $"EXISTS (SELECT 1 FROM {Users} AS u WHERE u.USER_ID = a.{column.Name})";
        var target = column.References!.Value.Table;
        await RejectAsync(
            source,
            $"""
            SELECT {RowRules.KeyText(source)}, '{RejectionRule.Orphan}',
                '{column.Name} ' || CAST({column.Name} AS VARCHAR) || ' is no user of {target}'
            FROM {accepted} AS a
            WHERE NOT {isUser}
            """,
            cancellationToken);
        return $"(SELECT * FROM {accepted} AS a WHERE {isUser})";
    }

    private async Task<string> RejectLosersAsync(CatalogTable source, string accepted, CancellationToken cancellationToken)
    {
        if (!await KeyUniqueness.HasDuplicatesAsync(session, accepted, source.Key, cancellationToken))
            return accepted;

        var contest = await KeyContest.HoldAsync(session, source, accepted, MergeTables.Prefix, first: [], cancellationToken);
        await RejectAsync(
            source,
            $"""
            SELECT {RowRules.KeyText(source)}, '{RejectionRule.Duplicate}', '{RejectionRule.DuplicateDetail}'
            FROM {contest.Contest}
            WHERE PLACE > 1
            """,
            cancellationToken);
        return contest.Winners;
    }

    private async Task DefineUsersAsync(string accepted, bool dirty, CancellationToken cancellationToken)
    {
        _users = accepted;
        if (!dirty)
            return;
        // Ten sources look users up; judging the profiles once is enough.
        await session.ExecuteAsync(
            MergeTables.DropAndCreate(MergeTables.Users, $"AS SELECT USER_ID FROM {accepted} AS a"), cancellationToken);
        _users = MergeTables.Users;
    }
}
