using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Undoing;

/// <summary>
/// One run that takes a written day back. To History it is a day thinned out of it, the newest one too. What else belongs to the day goes
/// with it: its figures, and what its merges rejected. The log of runs and of deliveries stays.
/// </summary>
internal sealed class UndoRun(RunContext context, UndoOptions options)
    : RunFrame<UndoResult>(context, RunKind.Undo, $"Undoing {options.RunDate:yyyy-MM-dd}", expectedSteps: 3)
{
    private const string Master = "LOYALTY.MASTER";
    private const string Quarantine = "LOYALTY.QUARANTINE";

    private readonly string _day = SqlText.Literal(options.RunDate);
    private IReadOnlyDictionary<string, TableShape> _tables = new Dictionary<string, TableShape>(StringComparer.Ordinal);
    private IReadOnlyList<DateOnly> _written = [];
    private IReadOnlyList<DeliveryRecord> _deliveries = [];
    private HistoryThinning? _thinning;
    private ThinningPlan _plan = new(Affected: 0, Gone: 0, New: 0);
    private long _users;
    private long _versions;
    private long _quarantined;

    private string OfMerges => $"RUN_ID IN (SELECT RUN_ID FROM LOYALTY.RUN WHERE KIND = '{nameof(RunKind.Merge)}' AND RUN_DATE = {_day})";

    private bool WasNewest => _written.Count > 0 && _written[^1] == options.RunDate;

    private DateOnly? NewestLeft => _written.Where(day => day != options.RunDate).Select(day => (DateOnly?)day).LastOrDefault();

    /// <summary>Finds the day among those that are written.</summary>
    /// <exception cref="LoyaltyException"><c>DayNotWritten</c>.</exception>
    public async Task FindAsync(CancellationToken cancellationToken)
    {
        _tables = await TablesAsync(cancellationToken);
        _written = await SnapshotDay.ListAsync(Session, cancellationToken);
        if (!_written.Contains(options.RunDate))
            throw await NotWrittenAsync(cancellationToken);
    }

    /// <summary>Finds out what the run would do. Writes nothing but temporary tables.</summary>
    public async Task<UndoResult> PlanAsync(CancellationToken cancellationToken)
    {
        await Clock.RunAsync("Plan", async () =>
        {
            await FindAsync(cancellationToken);
            _users = await UsersOfAsync(options.RunDate, cancellationToken);
            _versions = await Session.CountAsync($"SELECT COUNT(*) FROM {HistoryVersions.Table}", cancellationToken);
            _quarantined = await Session.CountAsync($"SELECT COUNT(*) FROM {Quarantine} WHERE {OfMerges}", cancellationToken);
            _thinning = new HistoryThinning(Session, _tables[HistoryVersions.Table]);
            _plan = await _thinning.PlanAsync(_written, [options.RunDate], cancellationToken);
            _deliveries = await FindDeliveriesAsync(cancellationToken);
            return _plan.Gone + _plan.New;
        });
        WarnOfDeliveries();
        return Result(applied: false);
    }

    protected override async Task<UndoResult> WorkAsync(CancellationToken cancellationToken)
    {
        await PlanAsync(cancellationToken);
        await Clock.RunAsync("Write", async () =>
        {
            await Session.BeginAsync(cancellationToken);
            await _thinning!.WriteAsync(cancellationToken);
            if (WasNewest)
                await WriteMasterAsync(cancellationToken);
            foreach (var figures in new[] { MetricLog.Table, AdoptionLog.Table }.Where(_tables.ContainsKey))
                await Session.ExecuteAsync($"DELETE FROM {figures} WHERE RUN_DATE = {_day}", cancellationToken);
            await Session.ExecuteAsync($"DELETE FROM {Quarantine} WHERE {OfMerges}", cancellationToken);
            await VerifyAsync(cancellationToken);
            return _plan.Gone + _plan.New;
        });
        await LogSuccessAsync(cancellationToken);
        await Session.CommitAsync(cancellationToken);
        return Result(applied: true);
    }

    protected override RunFindings Findings => new()
    {
        Day = options.RunDate,
        Totals = new RunTotals(_plan.New, Deleted: _plan.Gone, Unchanged: _versions - _plan.Gone),
    };

    protected override AuditParameters Parameters => new() { { "run_date", options.RunDate } };

    // Of users who were on the newest day as on the day before, Master has the row already.
    private async Task WriteMasterAsync(CancellationToken cancellationToken)
    {
        var columns = SqlText.List(_tables[Master].Columns.Keys.Where(_tables[HistoryVersions.Table].Columns.ContainsKey));
        await Session.ExecuteAsync($"DELETE FROM {Master} WHERE {HistoryThinning.IsAffected}", cancellationToken);
        await Session.ExecuteAsync(
            $"""
            INSERT INTO {Master} ({columns})
            SELECT {columns} FROM {HistoryVersions.Table} WHERE VALID_TO IS NULL AND {HistoryThinning.IsAffected}
            """,
            cancellationToken);
    }

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        await _thinning!.VerifyAsync(cancellationToken);
        if (!WasNewest)
            return;
        var expected = NewestLeft is { } newest ? await UsersOfAsync(newest, cancellationToken) : 0;
        var users = await Session.CountAsync($"SELECT COUNT(*) FROM {Master}", cancellationToken);
        if (users != expected)
            throw LoyaltyErrors.ReconciliationFailed.Because(
                NewestLeft is { } day
                    ? $"{day:yyyy-MM-dd} had {expected} users when it was written, but {Master} would have {users}."
                    : $"No written day would be left, but {Master} would have {users} users.",
                Master);
    }

    private async Task<long> UsersOfAsync(DateOnly day, CancellationToken cancellationToken) => (await Session.ListAsync(
        new StoredTable(SnapshotDay.Table, KeyColumns: 1),
        $"SELECT SNAPSHOT_DATE, ROW_COUNT FROM {SnapshotDay.Table} WHERE SNAPSHOT_DATE = {SqlText.Literal(day)}", [],
        row => row.Whole(1), StoredRows.Demanded, cancellationToken))[0];

    // What is Started may still be brought to its end.
    private async Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(CancellationToken cancellationToken)
    {
        if (!DeliveryLog.Tables.All(_tables.ContainsKey))
            return [];
        var ofDay = new SqlFilter().And("RUN_DATE = ?", options.RunDate)
            .AndIn("STATUS", [nameof(DeliveryStatus.Published), nameof(DeliveryStatus.Started)]);
        return await DeliveryReader.ReadAsync(Session, ofDay, last: null, Reporter.Unreadable, cancellationToken);
    }

    private void WarnOfDeliveries()
    {
        if (_deliveries.Count == 0)
            return;
        var (were, them) = _deliveries.Count == 1 ? ("1 delivery was", "it") : ($"{_deliveries.Count} deliveries were", "them");
        var consumers = string.Join(", ", _deliveries.Select(delivery => delivery.Consumer).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Reporter.Warning(
            $"{were} made of {options.RunDate:yyyy-MM-dd}, and {consumers} may have read {them}: "
            + "tell them, or deliver another day, which corrects what they have.");
    }

    private async Task<LoyaltyException> NotWrittenAsync(CancellationToken cancellationToken)
    {
        if (_written.Count == 0)
            return LoyaltyErrors.DayNotWritten.Because("No day has been written.", options.RunDate, "There is nothing to take back.");
        var beside = new[]
        {
            _written.Where(day => day < options.RunDate).Select(day => (DateOnly?)day).LastOrDefault(),
            _written.Where(day => day > options.RunDate).Select(day => (DateOnly?)day).FirstOrDefault(),
        };
        var days = beside.OfType<DateOnly>().Select(day => $"{day:yyyy-MM-dd}").ToList();
        var nearest = days.Count == 1
            ? $"the nearest written day is {days[0]}"
            : $"the written days beside it are {string.Join(" and ", days)}";
        var why = await WasThinnedAsync(cancellationToken) ? "was thinned out of History" : "has not been written";
        return LoyaltyErrors.DayNotWritten.Because(
            $"{options.RunDate:yyyy-MM-dd} {why}; {nearest}.", options.RunDate,
            "Name a written day; Get-LoyaltyRun -Kind Merge lists what was merged.");
    }

    // A day that is thinned out leaves its figures; one that is taken back leaves none.
    private async Task<bool> WasThinnedAsync(CancellationToken cancellationToken) =>
        _tables.ContainsKey(MetricLog.Table)
        && await Session.CountAsync($"SELECT COUNT(*) FROM {MetricLog.Table} WHERE RUN_DATE = {_day}", cancellationToken) > 0;

    private UndoResult Result(bool applied) => new()
    {
        RunId = applied ? RunId : string.Empty,
        RunDate = Midnight.Of(options.RunDate),
        Applied = applied,
        WasNewest = WasNewest,
        NewestDay = Midnight.Of(NewestLeft),
        Users = _users,
        UsersAffected = _plan.Affected,
        VersionsRemoved = _plan.Gone,
        VersionsJoined = _plan.New,
        Quarantined = _quarantined,
        Deliveries = [.. _deliveries],
        Seconds = Clock.Seconds,
    };
}
