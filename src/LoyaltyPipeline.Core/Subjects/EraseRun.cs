using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>
/// One run that removes users from all tables of the warehouse, in one transaction. Neither their ids nor their values are in its log, its
/// steps or its statements.
/// </summary>
internal sealed class EraseRun(RunContext context, EraseOptions options)
    : RunFrame<IReadOnlyList<ErasureResult>>(context, RunKind.Erase, "Erasing users", expectedSteps: 5)
{
    private readonly IReadOnlyList<long> _users = [.. options.UserIds.Distinct()];
    private readonly List<(long UserId, RemovedRows Rows)> _removed = [];
    private readonly ErasureLedger _ledger = new(context.Session);
    private readonly RemovalFiles? _files =
        options.RemovalFolder is { } folder ? new RemovalFiles(context.Warehouse, context.Pipeline, folder) : null;

    private IReadOnlyDictionary<string, TableShape> _existing = new Dictionary<string, TableShape>(StringComparer.Ordinal);
    private SubjectTables _tables = new([], []);
    private SubjectTexts? _texts;
    private ILookup<long, SubjectDelivery> _deliveries = Enumerable.Empty<SubjectDelivery>().ToLookup(_ => 0L);
    private ILookup<long, string> _written = Enumerable.Empty<string>().ToLookup(_ => 0L);
    private IReadOnlySet<long> _before = new HashSet<long>();

    /// <summary>Finds out what the run would do. Writes nothing but temporary tables.</summary>
    public async Task<IReadOnlyList<ErasureResult>> PlanAsync(CancellationToken cancellationToken)
    {
        await Clock.RunAsync("Prepare", () => PrepareAsync(cancellationToken));
        await Clock.RunAsync("Find", () => FindAsync(cancellationToken));
        return Results(applied: false);
    }

    protected override async Task<IReadOnlyList<ErasureResult>> WorkAsync(CancellationToken cancellationToken)
    {
        _files?.Demand();
        await Clock.RunAsync("Upgrade", () => UpgradeAsync(cancellationToken));
        await Clock.RunAsync("Prepare", () => PrepareAsync(cancellationToken));
        try
        {
            await Session.BeginAsync(cancellationToken);
            await Clock.RunAsync("Find", () => FindAsync(cancellationToken));
            Warn(Results(applied: true));
            await Clock.RunAsync("Remove", () => RemoveAsync(cancellationToken));
            _written = _files?.Write(RunId, _deliveries, cancellationToken) ?? _written;
            await LogSuccessAsync(cancellationToken);
        }
        catch
        {
            _files?.TakeBack();
            throw;
        }

        await CommitAsync(cancellationToken);
        return Results(applied: true);
    }

    protected override RunFindings Findings => new() { Totals = new RunTotals(Deleted: _removed.Sum(entry => entry.Rows.Rows)) };

    // How many, and never who; a folder may be named after who it is of.
    protected override AuditParameters Parameters =>
        new() { { "users", _users.Count }, { "release", false }, { "removal_files", options.RemovalFolder is not null } };

    protected override bool MakesTables => true;

    // The files are there: killed here, there is one too many, and none is missing. What was committed before it failed has erased.
    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Session.CommitAsync(cancellationToken);
        }
        catch
        {
            await using var session = await Warehouse.OpenSessionAsync(CancellationToken.None);
            if (!await RunLog.ContainsAsync(session, RunId, CancellationToken.None))
                _files?.TakeBack();
            throw;
        }
    }

    // DDL comes before the transaction, because on some engines it commits.
    private async Task<long?> UpgradeAsync(CancellationToken cancellationToken)
    {
        var plan = await SchemaInstaller.PlanAsync(Session, Pipeline.Catalog.OwnTables, cancellationToken);
        await SchemaInstaller.ApplyAsync(Session, plan, cancellationToken);
        return null;
    }

    private async Task<long?> PrepareAsync(CancellationToken cancellationToken)
    {
        _existing = await SchemaReader.RequireInitializedAsync(Session, cancellationToken);
        var views = await SchemaReader.ReadViewsAsync(Session, cancellationToken);
        _tables = SubjectTables.Find(Pipeline, _existing, views.Keys);
        await SubjectSql.PrepareAsync(Session, _users, cancellationToken);
        return null;
    }

    private async Task<long?> FindAsync(CancellationToken cancellationToken)
    {
        _before = ErasedUsers.Tables.All(_existing.ContainsKey) ? await _ledger.ErasedAsync(cancellationToken) : _before;
        _deliveries = await new SubjectDeliveries(Session).FindAsync(cancellationToken);
        foreach (var (table, columns) in _tables.Held)
        {
            await CountAsync(table.ToString(), SubjectSql.Count(table, columns), cancellationToken);
            if (table.Kind != TableKind.Source)
                continue;
            foreach (var note in SubjectSql.NoteKeys(table, columns))
                await Session.ExecuteAsync(note, cancellationToken);
        }

        var names = _tables.Held.SelectMany(entry => entry.Columns).Distinct(StringComparer.Ordinal);
        await Session.ExecuteAsync(SubjectSql.NoteRejected(names), cancellationToken);
        await CountAsync("LOYALTY.QUARANTINE", SubjectSql.CountRejected, cancellationToken);
        _texts = new SubjectTexts(Session, _tables, _existing);
        foreach (var user in await _texts.FindAsync(_users, cancellationToken))
            _removed.AddRange(user.Select(rows => (user.Key, rows)));
        return _removed.Sum(entry => entry.Rows.Rows);
    }

    private void Warn(IReadOnlyList<ErasureResult> results)
    {
        if (results.Count > 0 && results[0].KeptElsewhere is { Count: > 0 } places)
            Reporter.Warning($"Sources that are kept elsewhere are not changed: erase there too, in {string.Join(", ", places)}.");
        if (results.Count(result => result.Outcome == ErasureOutcome.NothingHeld) is > 0 and var unknown)
            Reporter.Warning(
                $"Nothing is held of {unknown} of the users. Whoever has such an id is left out from now on; "
                + "if it was mistyped, take it back with -Release.");
    }

    private async Task CountAsync(string table, string sql, CancellationToken cancellationToken)
    {
        var counts = await Session.ListAsync(
            sql, [], reader => (UserId: reader.LongAt(0), Rows: reader.LongAt(1)), cancellationToken);
        _removed.AddRange(counts.GroupBy(count => count.UserId)
            .Select(user => (user.Key, new RemovedRows(table, user.Sum(count => count.Rows)))));
    }

    private async Task<long?> RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (var statement in (string[])[SubjectSql.LowerSnapshots, .. SubjectSql.RemoveRejected])
            await Session.ExecuteAsync(statement, cancellationToken);
        foreach (var (table, columns) in _tables.Held)
            await Session.ExecuteAsync(SubjectSql.Remove(table, columns), cancellationToken);
        await _texts!.WriteAsync(cancellationToken);
        await _ledger.DemandKeyAsync(Clock.StartedAt, cancellationToken);
        await _ledger.AddAsync(RunId, Clock.StartedAt, cancellationToken);
        if (_removed.Count > 0)
            await _ledger.SetDueAsync(isDue: true, cancellationToken);
        return _removed.Sum(entry => entry.Rows.Rows);
    }

    private IReadOnlyList<ErasureResult> Results(bool applied)
    {
        var removed = _removed.ToLookup(entry => entry.UserId, entry => entry.Rows);
        IReadOnlyList<string> elsewhere = [.. _tables.Elsewhere.Select(source => Pipeline.Config.PlaceOf(source.Name))];
        return
        [
            .. _users.Select(user => new ErasureResult
            {
                UserId = user,
                Outcome = !applied ? ErasureOutcome.Planned
                    : _before.Contains(user) ? ErasureOutcome.AlreadyErased
                    : removed[user].Any() ? ErasureOutcome.Erased : ErasureOutcome.NothingHeld,
                RunId = applied ? RunId : string.Empty,
                Rows = removed[user].Sum(rows => rows.Rows),
                Removed = [.. removed[user]],
                Deliveries = [.. _deliveries[user]],
                RemovalFiles = [.. _written[user]],
                KeptElsewhere = [.. elsewhere],
                Seconds = Clock.Seconds,
            }),
        ];
    }
}
