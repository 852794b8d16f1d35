using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.RunEvents;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>One run of a merge and what it has found out so far.</summary>
/// <param name="clean">The sources that a replay has judged for all of its days; null for a day of its own.</param>
/// <param name="erased">The erased users whom sources hold, as a replay has found them.</param>
internal sealed class MergeRun(
    RunContext context, MasterScript script, MergeOptions options, CleanSources? clean = null, ErasedInSources? erased = null)
    // Judging, one a source; then prepare, reconcile, build, compare, write.
    : RunFrame<MergeResult>(context, RunKind.Merge, $"Merging {options.RunDate:yyyy-MM-dd}", context.Pipeline.Catalog.Sources.Count + 5)
{
    private const string HistoryTable = "LOYALTY.HISTORY";

    private readonly SourceJudge _judge = new(context.Session, options.RunDate);
    private readonly List<JudgedSource> _sources = [];
    private ErasedInSources? _erased = erased;
    private IReadOnlyList<RejectedRows> _rejected = [];
    private IReadOnlyList<UserChange> _changes = [];
    private IReadOnlyList<TrippedGuard> _guards = [];
    private IReadOnlyDictionary<string, TableShape> _tables = new Dictionary<string, TableShape>(StringComparer.Ordinal);
    private MasterComparison _comparison = MasterComparison.None;
    private SnapshotDay _day = new(options.RunDate, IsWritten: false, Next: null, Newest: null);

    protected override RunFacts Facts => base.Facts with
    {
        Inputs = Pipeline.Catalog.Sources,
        Outputs = [Master, Pipeline.Catalog.Table(HistoryTable)],
    };

    private CatalogTable Master => Pipeline.Catalog.Master;

    private bool WritesDay => _comparison.Affected > 0 || !_day.IsWritten;

    /// <summary>Finds out what the run would do. Writes nothing but temporary tables.</summary>
    public async Task<MergeResult> PlanAsync(CancellationToken cancellationToken)
    {
        await Clock.RunAsync("Prepare", () => PrepareAsync(cancellationToken));
        foreach (var source in Pipeline.Catalog.Sources.OrderByDescending(source => source == Pipeline.Catalog.Users))
            await Clock.RunAsync($"Judge {source}", () => JudgeAsync(source, cancellationToken));
        await Clock.RunAsync("Reconcile", () => ReconcileAsync(cancellationToken));
        await Clock.RunAsync("Build", () => BuildAsync(cancellationToken));
        await Clock.RunAsync("Compare", () => CompareAsync(cancellationToken));
        if (_comparison.Users.Total == 0 && _sources.Exists(source => source.Table == Pipeline.Catalog.Users && source.Log.RowsUsed > 0))
            Reporter.Warning($"Nobody had signed up by {options.RunDate:yyyy-MM-dd}: the day has no user. Check the year.");
        _guards = MergeGuards.Check(
            options.RunDate, DateOnly.FromDateTime(Clock.StartedAt), _sources, _rejected, _comparison, Pipeline.Config.Guards);
        return Result(MergeOutcome.Planned);
    }

    protected override async Task<MergeResult> WorkAsync(CancellationToken cancellationToken)
    {
        await PlanAsync(cancellationToken);
        if (_guards.Count > 0 && !options.Force)
            throw MergeGuards.Refuse(_guards, options.RunDate, Pipeline.Catalog.Users);
        foreach (var guard in _guards)
            Reporter.Warning($"Forced past a guard: {guard.Reason}.");

        await Clock.RunAsync("Upgrade", () => UpgradeAsync(cancellationToken));
        await Clock.RunAsync("Write", () => WriteAsync(cancellationToken));
        await LogSuccessAsync(cancellationToken);
        await Clock.RunAsync("Commit", () => CommitAsync(cancellationToken));
        return Result(WritesDay ? MergeOutcome.Written : MergeOutcome.Unchanged);
    }

    protected override RunFindings Findings => new()
    {
        Day = options.RunDate,
        Totals = new RunTotals(_comparison.Inserted, _comparison.Updated, _comparison.Deleted, _comparison.Unchanged),
        Quarantined = _rejected.Sum(rows => rows.Rows),
        Forced = options.Force,
        Guards = _guards,
        ScriptSha256 = script.Sha256,
        Sources = [.. _sources.Select(source => source.Log)],
    };

    protected override AuditParameters Parameters => new()
    {
        { "run_date", options.RunDate },
        { "force", options.Force },
        { "replay", clean is not null },
        { "script_sha256", script.Sha256 },
        { "views_sha256", Pipeline.Catalog.ViewsSha256 },
    };

    protected override bool MakesTables => true;

    protected override IEnumerable<string> OtherDatabases => Pipeline.Config.OtherDatabases;

    private async Task<long?> PrepareAsync(CancellationToken cancellationToken)
    {
        if (clean is null)
            script.DemandDeclared(Pipeline.Catalog);
        _tables = await TablesAsync(cancellationToken);
        _day = await SnapshotDay.LocateAsync(Session, options.RunDate, cancellationToken);
        // A replay says it once.
        if (clean is null && _day.Notice is { } notice)
            Reporter.Warning(notice);
        if (clean is null)
        {
            await SourceRelation.DemandReadableAsync(Session, Pipeline, _tables, cancellationToken);
            _erased = await ErasedInSources.FindAsync(Session, Pipeline, _tables, cancellationToken);
            _erased?.Report(Reporter);
        }

        await _judge.PrepareAsync(cancellationToken);
        return null;
    }

    private async Task<long?> JudgeAsync(CatalogTable source, CancellationToken cancellationToken)
    {
        var definesUsers = source == Pipeline.Catalog.Users;
        var judged = IsClean(source)
            ? _judge.Trust(
                source, RelationOf(source), definesUsers, clean!.On(source, options.RunDate), clean.RowsOf(source, options.RunDate))
            : await _judge.JudgeAsync(source, RelationOf(source), definesUsers, cancellationToken);
        if (definesUsers)
        {
            var others = Pipeline.Catalog.Sources.Where(other => other != source && !IsClean(other));
            await _judge.CountRowsOfUsersAsync(others.Select(other => (other, RelationOf(other))), cancellationToken);
        }

        _sources.Add(judged);
        // A replay says once which sources are empty to its end.
        if (judged.Log.RowsRead == 0 && !source.Required && clean is null)
            Reporter.Warning(SourceRelation.NothingKnown(source, Pipeline, _tables, options.RunDate));
        if (clean is null && SourceRelation.ColumnsUnknown(source, Pipeline, _tables) is { } unknown)
            Reporter.Warning(unknown);
        return judged.Log.RowsRead;
    }

    private bool IsClean(CatalogTable source) => clean?.Contains(source) == true;

    private string RelationOf(CatalogTable source) => SourceRelation.Of(
        source, Pipeline.Config, _tables, Session.Dialect, options.RunDate, _erased);

    private async Task<long?> ReconcileAsync(CancellationToken cancellationToken)
    {
        _rejected = await _judge.ReconcileAsync([.. _sources.Select(source => source.Log)], cancellationToken);
        return _rejected.Sum(rows => rows.Rows);
    }

    private async Task<long?> BuildAsync(CancellationToken cancellationToken)
    {
        var relations = _sources.ToDictionary(source => source.Table.Name, source => source.Accepted);
        try
        {
            _comparison = new MasterComparison(
                await MasterBuild.BuildAsync(Session, script, Master, _day, _tables, Render(relations), cancellationToken), []);
            return _comparison.Users.Total;
        }
        catch (LoyaltyException failure) when (MasterOverflow.IsLikely(failure))
        {
            if (await new MasterOverflow(Session, Pipeline.Catalog, Render, relations).ExplainAsync(
                failure, cancellationToken) is { } overflow)
                throw overflow;
            throw;
        }

        string Render(IReadOnlyDictionary<TableName, string> some) => script.Render(Pipeline.Catalog, some, options.RunDate);
    }

    private async Task<long?> CompareAsync(CancellationToken cancellationToken)
    {
        _comparison = await MasterComparison.MakeAsync(Session, _comparison.Users, cancellationToken);
        if (options.SampleUsers > 0)
            _changes = await MasterBuild.SampleAsync(Session, Master, _day, _tables, options.SampleUsers, cancellationToken);
        return _comparison.Affected;
    }

    // The tables follow the catalog. DDL comes before the transaction, because on some engines it commits.
    private async Task<long?> UpgradeAsync(CancellationToken cancellationToken)
    {
        var plan = await SchemaInstaller.PlanAsync(Session, Pipeline.Catalog.OwnTables, _tables, cancellationToken);
        await SchemaInstaller.ApplyAsync(Session, plan, cancellationToken);
        return null;
    }

    private async Task<long?> WriteAsync(CancellationToken cancellationToken)
    {
        await Session.BeginAsync(cancellationToken);
        var writer = new HistoryWriter(Session, Master, _day);
        if (_comparison.Affected > 0)
            await writer.WriteAsync(cancellationToken);
        if (WritesDay)
            await writer.WriteSnapshotAsync(RunId, _comparison.Users.Total, Clock.StartedAt, cancellationToken);
        await Session.ExecuteAsync(
            $"""
            INSERT INTO LOYALTY.QUARANTINE (RUN_ID, SOURCE_TABLE, ROW_KEY, RULE, DETAIL)
            SELECT ?, SOURCE_TABLE, ROW_KEY, RULE, DETAIL FROM {MergeTables.Quarantine}
            """,
            [RunId],
            cancellationToken);
        await writer.VerifyAsync(_comparison.Users.Total, cancellationToken);
        await new AdoptionLog(Session, Master, _day).WriteAsync(
            _sources.Find(source => source.Table.Name == LoyaltyCatalog.FeatureAdoption), cancellationToken);
        await new MergeMetrics(Session, Master, _day).WriteAsync(_sources, Clock.Seconds, cancellationToken);
        return _comparison.Affected;
    }

    private async Task<long?> CommitAsync(CancellationToken cancellationToken)
    {
        await Session.CommitAsync(cancellationToken);
        return null;
    }

    private MergeResult Result(MergeOutcome outcome) => new()
    {
        RunId = outcome == MergeOutcome.Planned ? string.Empty : RunId,
        RunDate = Midnight.Of(options.RunDate),
        Outcome = outcome,
        IsNewest = _day.IsNewest,
        Users = _comparison.Users.Total,
        Inserted = _comparison.Inserted,
        Updated = _comparison.Updated,
        Deleted = _comparison.Deleted,
        Unchanged = _comparison.Unchanged,
        QuarantinedByRule = [.. _rejected],
        SegmentMoves = [.. _comparison.SegmentMoves],
        Changes = [.. _changes],
        Guards = [.. _guards],
        Sources = [.. _sources.Select(source => source.Log)],
        Steps = [.. Clock.Steps],
        Seconds = Clock.Seconds,
    };
}
