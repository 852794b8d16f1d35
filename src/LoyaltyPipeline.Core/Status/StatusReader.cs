using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Integrity.Checks;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Status;

/// <summary>
/// Finds out whether all is well. It reads logs and what the last merges and tests left there, no source, and writes nothing: it is quick
/// however large the tables are.
/// </summary>
public sealed class StatusReader(PipelineDefinition pipeline)
{
    private static readonly StoredTable Runs = new("LOYALTY.RUN", KeyColumns: 1);

    /// <summary>Finds out.</summary>
    /// <param name="now">The time (UTC); days before it ought to be written.</param>
    /// <param name="reporter">Hears of each row of a log that cannot be read, as <c>LogRowUnreadable</c>.</param>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>QueryFailed</c>.</exception>
    public async Task<PipelineStatus> ReadAsync(
        IWarehouse warehouse, DateTime now, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(
            session, cancellationToken, [SnapshotDay.Table, CheckResultLog.Table, .. DeliveryLog.Tables]);
        var days = await DaysAsync(session, reporter.Unreadable, cancellationToken);
        var newest = await NewestMerge.FindAsync(session, cancellationToken);
        var checks = await ChecksAsync(session, reporter.Unreadable, cancellationToken);
        var missing = days.Count == 0 ? 0 : MissingSince(days[0].Day, DateOnly.FromDateTime(now));
        var deliveries = await DeliveriesAsync(session, reporter.Unreadable, cancellationToken);
        var behind = await BehindAsync(session, newest, cancellationToken);
        var room = DiskRoom.Of(warehouse.Location);
        List<string> reasons =
        [
            .. When(days.Count == 0, () => "No day has been merged yet."),
            .. When(missing > 0, () => MissingDays(missing, days[0].Day)),
            .. await EndedBadlyAsync(session, reporter.Unreadable, cancellationToken),
            .. ReasonsOf(checks, newest),
            .. deliveries.Select(delivery => ReasonOf(delivery, days)).OfType<string>(),
            .. When(behind.Count > 0, () => $"Sources are behind: {string.Join(", ", behind)}."),
            .. When(room is { IsShort: true }, () => "The disk of the warehouse is nearly full."),
        ];
        return new PipelineStatus
        {
            Warehouse = warehouse.Location,
            LookedAt = now,
            Reasons = [.. reasons],
            Verdict = reasons.Count == 0
                ? $"All is well, as of {days[0].Day:yyyy-MM-dd}."
                : $"Not all is well{(days.Count > 0 ? $", as of {days[0].Day:yyyy-MM-dd}" : string.Empty)}.",
            NewestDay = days.Count == 0 ? null : Midnight.Of(days[0].Day),
            DaysMissing = missing,
            Users = days.Count == 0 ? null : days[0].Users,
            UsersChange = days.Count < 2 ? null : days[0].Users - days[1].Users,
            SegmentMoves = days.Count < 2 ? [] : [.. await MovesAsync(session, days[0].Day, cancellationToken)],
            Rejected = newest?.RunId is { } run ? await RejectedAsync(session, run, cancellationToken) : 0,
            OpenQuarantine = await session.CountAsync(
                $"SELECT COUNT(*) FROM {OpenRows.From} WHERE {OpenRows.Condition}", cancellationToken),
            CheckedAt = checks.At,
            Checks = checks.Made,
            ChecksNotPassed = [.. checks.NotPassed],
            Deliveries = [.. deliveries],
            SourcesBehind = [.. behind],
            HeldBy = (await RunLock.FindLivingAsync(session, cancellationToken))?.ToString(),
            WarehouseBytes = room?.Bytes,
            FreeBytes = room?.FreeBytes,
        };
    }

    /// <summary>What there is to say where a warehouse cannot be looked into, because another process has it.</summary>
    /// <param name="location">The warehouse.</param>
    /// <param name="held">The error that says who has it.</param>
    public static PipelineStatus Held(string location, DateTime now, LoyaltyException held)
    {
        var room = DiskRoom.Of(location);
        return new PipelineStatus
        {
            Warehouse = location,
            LookedAt = now,
            Verdict = "Whether all is well cannot be seen now.",
            Reasons = [held.Message],
            HeldBy = held.Target is RunHolder run ? run.ToString() : held.Message,
            WarehouseBytes = room?.Bytes,
            FreeBytes = room?.FreeBytes,
        };
    }

    private static async Task<IReadOnlyList<(DateOnly Day, long Users)>> DaysAsync(
        IWarehouseSession session, Action<LoyaltyException> unreadable, CancellationToken cancellationToken) =>
        await session.ListAsync(
            new StoredTable(SnapshotDay.Table, KeyColumns: 1),
            $"SELECT SNAPSHOT_DATE, ROW_COUNT FROM {SnapshotDay.Table} ORDER BY SNAPSHOT_DATE DESC LIMIT 2", [],
            row => (row.Day(0), row.Whole(1)), unreadable, cancellationToken);

    private static IEnumerable<string> When(bool holds, Func<string> reason) => holds ? [reason()] : [];

    // Today is not over.
    private int MissingSince(DateOnly newest, DateOnly today) =>
        Enumerable.Range(1, Math.Max(0, today.DayNumber - newest.DayNumber - 1)).Count(
            days => pipeline.Config.Integrity.Calendar.IsExpected(newest.AddDays(days)));

    private static string MissingDays(int days, DateOnly newest) => days == 1
        ? $"A day up to yesterday has not been merged: the newest is {newest:yyyy-MM-dd}."
        : $"{days} days up to yesterday have not been merged: the newest is {newest:yyyy-MM-dd}.";

    // Versions that begin on the day beside those that end on it: a user of both has changed, one of either has come or gone.
    private static Task<IReadOnlyList<SegmentMove>> MovesAsync(
        IWarehouseSession session, DateOnly day, CancellationToken cancellationToken) => session.ListAsync(
        $"""
        SELECT b.ENGAGEMENT_SEGMENT, a.ENGAGEMENT_SEGMENT, COUNT(*)
        FROM (SELECT USER_ID, ENGAGEMENT_SEGMENT FROM {HistoryVersions.Table} WHERE VALID_TO = {SqlText.Literal(day)}) AS b
        FULL OUTER JOIN (SELECT USER_ID, ENGAGEMENT_SEGMENT FROM {HistoryVersions.Table} WHERE VALID_FROM = {SqlText.Literal(day)}) AS a
            ON a.USER_ID = b.USER_ID
        WHERE b.ENGAGEMENT_SEGMENT IS DISTINCT FROM a.ENGAGEMENT_SEGMENT
        GROUP BY b.ENGAGEMENT_SEGMENT, a.ENGAGEMENT_SEGMENT
        ORDER BY b.ENGAGEMENT_SEGMENT NULLS FIRST, a.ENGAGEMENT_SEGMENT NULLS LAST
        """,
        [],
        reader => new SegmentMove(reader.TextAt(0), reader.TextAt(1), reader.LongAt(2)),
        cancellationToken);

    private static Task<long> RejectedAsync(IWarehouseSession session, string run, CancellationToken cancellationToken) =>
        session.CountAsync($"SELECT MAX(QUARANTINED) FROM LOYALTY.RUN WHERE RUN_ID = {SqlText.Quote(run)}", cancellationToken);

    // Of merges, deliveries and tests the last one; of imports the last of each source, which the others do not make good.
    private static async Task<IReadOnlyList<string>> EndedBadlyAsync(
        IWarehouseSession session, Action<LoyaltyException> unreadable, CancellationToken cancellationToken)
    {
        var last = await session.ListAsync(
            Runs,
            $"""
            SELECT RUN_ID, KIND, STATUS, RUN_DATE, ERROR_ID
            FROM LOYALTY.RUN
            WHERE KIND IN ('{nameof(RunKind.Merge)}', '{nameof(RunKind.Deliver)}', '{nameof(RunKind.Test)}')
            QUALIFY ROW_NUMBER() OVER (PARTITION BY KIND ORDER BY RUN_ID DESC) = 1
            ORDER BY KIND
            """,
            [],
            row => (Kind: row.Word<RunKind>(1), Status: row.Word<RunStatus>(2), Day: row.DayOrNull(3), Error: row.TextOrNull(4)),
            unreadable,
            cancellationToken);
        var imports = await LastImport.FindAsync(session, unreadable, cancellationToken);
        return
        [
            .. last.Where(run => run.Status != RunStatus.Succeeded).Select(
                run => $"The last {Noun(run.Kind)}{(run.Day is { } day ? $", of {day:yyyy-MM-dd}," : string.Empty)} "
                    + $"{Ended(run.Status)}{Why(run.Error)}."),
            .. imports.Values.Where(import => import.Status != RunStatus.Succeeded).Select(
                import => $"The last import of {import.Table} {Ended(import.Status)}{Why(import.ErrorId)}."),
        ];
    }

    private static string Noun(RunKind kind) => kind switch
    {
        RunKind.Deliver => "delivery",
        RunKind.Test => "test run",
        _ => "merge",
    };

    private static string Ended(RunStatus status) => status switch
    {
        RunStatus.Refused => "was refused",
        RunStatus.Cancelled => "was stopped",
        _ => "failed",
    };

    private static string Why(string? errorId) => errorId is null ? string.Empty : $": {errorId}";

    private static async Task<LastTest> ChecksAsync(
        IWarehouseSession session, Action<LoyaltyException> unreadable, CancellationToken cancellationToken)
    {
        var runs = await session.ListAsync(
            Runs,
            $"""
            SELECT RUN_ID, STARTED_AT FROM LOYALTY.RUN
            WHERE KIND = '{nameof(RunKind.Test)}' AND STATUS = '{nameof(RunStatus.Succeeded)}' ORDER BY RUN_ID DESC LIMIT 1
            """,
            [],
            row => (Id: row.Text(0), At: row.Time(1)), unreadable, cancellationToken);
        if (runs.Count == 0)
            return new LastTest(null, null, 0, []);
        var results = await session.ListAsync(
            new StoredTable(CheckResultLog.Table, KeyColumns: 2),
            $"SELECT RUN_ID, CHECK_ID, STATUS, MESSAGE, FAILED_SINCE FROM {CheckResultLog.Table} WHERE RUN_ID = ? ORDER BY CHECK_ID",
            [runs[0].Id],
            row => new CheckState(row.Text(1), row.Word<CheckStatus>(2), row.Text(3), row.TimeOrNull(4)),
            unreadable,
            cancellationToken);
        return new LastTest(
            runs[0].Id, runs[0].At, results.Count,
            [.. results.Where(check => check.Status is not (CheckStatus.Passed or CheckStatus.Skipped))]);
    }

    private static IEnumerable<string> ReasonsOf(LastTest test, NewestMerge? newest)
    {
        const int named = 3;
        if (newest is null)
            yield break;
        if (test.RunId is null)
            yield return "No checks have been made yet.";
        else if (string.CompareOrdinal(test.RunId, newest.RunId) < 0)
            yield return "Checks were last made before the newest merge.";
        // A warning keeps nothing back.
        var bad = test.NotPassed.Where(check => check.Status != CheckStatus.Warning).ToList();
        if (bad.Count > 0)
        {
            var ids = string.Join(", ", bad.Take(named).Select(check => check.CheckId));
            yield return $"{bad.Count} of {test.Made} checks did not pass: {ids}{(bad.Count > named ? ", …" : string.Empty)}.";
        }
    }

    private static async Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(
        IWarehouseSession session, Action<LoyaltyException> unreadable, CancellationToken cancellationToken)
    {
        var newest = new SqlFilter().AndIf(
            true,
            $"""
            SEQUENCE_NUMBER IN (
                SELECT MAX(n.SEQUENCE_NUMBER) FROM {DeliveryLog.Table} AS n WHERE NOT n.IS_BACKFILL GROUP BY n.CONSUMER, n.SEGMENT)
            """);
        return [.. (await DeliveryReader.ReadAsync(session, newest, last: null, unreadable, cancellationToken))
            .OrderBy(delivery => delivery.Consumer, StringComparer.Ordinal)];
    }

    private string? ReasonOf(DeliveryRecord delivery, IReadOnlyList<(DateOnly Day, long Users)> days)
    {
        var what = $"The last delivery to {delivery.Consumer}, of {delivery.Day:yyyy-MM-dd},";
        var isRegular = pipeline.Config.Consumers.ContainsKey(delivery.Consumer) && delivery.Status == DeliveryStatus.Published;
        return delivery.Status switch
        {
            DeliveryStatus.Failed => $"{what} failed.",
            DeliveryStatus.Started => $"{what} was begun and has not come to its end.",
            _ when isRegular && days.Count > 0 && delivery.Day < days[0].Day => $"{what} is older than the newest day.",
            _ when isRegular && days.Count > 0 && delivery.Day > days[0].Day => $"{what} is of a day that was taken back.",
            _ => null,
        };
    }

    // As the newest merge has read them.
    private async Task<IReadOnlyList<string>> BehindAsync(
        IWarehouseSession session, NewestMerge? newest, CancellationToken cancellationToken)
    {
        if (newest?.RunId is not { } run)
            return [];
        var read = (await session.ListAsync(
            "SELECT SOURCE_TABLE, NEWEST_EVENT_AT FROM LOYALTY.RUN_SOURCE WHERE RUN_ID = ? AND SOURCE_TABLE IS NOT NULL", [run],
            reader => (Table: reader.GetString(0), At: reader.TimeAt(1)), cancellationToken))
            .ToLookup(row => row.Table, row => row.At, StringComparer.Ordinal);
        return
        [
            .. from source in pipeline.Catalog.Sources
               where source.FreshWithin is not null && read.Contains(source.Name.ToString())
               let at = read[source.Name.ToString()].First()
               let days = at is { } time ? newest.Day.DayNumber - DateOnly.FromDateTime(time).DayNumber : (int?)null
               where days > source.FreshWithin
               select $"{source} by {days} {(days == 1 ? "day" : "days")}",
        ];
    }

    /// <summary>What the last test run found; no run where there was none.</summary>
    private sealed record LastTest(string? RunId, DateTime? At, int Made, IReadOnlyList<CheckState> NotPassed);
}
