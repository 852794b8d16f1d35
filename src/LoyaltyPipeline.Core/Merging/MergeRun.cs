using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>One run of a merge and what it has found out so far.</summary>
internal sealed class MergeRun(PipelineDefinition pipeline, MasterScript script, IWarehouseSession session, MergeOptions options, IRunReporter reporter, CleanSources? clean = null)
{
    // Judging, one a source; then prepare, reconcile, stage, compare, write.
    private readonly StepClock _clock = new($"Merging {options.RunDate:yyyy-MM-dd}", pipeline.Catalog.Sources.Count + 5, session, reporter);
    private readonly SourceJudge _judge = new(session, options.RunDate);
    private readonly List<JudgedSource> _sources = [];
    private IReadOnlyList<RejectedRows> _rejected = [];
    private IReadOnlyList<UserChange> _changes = [];
    private IReadOnlyList<TrippedGuard> _guards = [];
    private IReadOnlyDictionary<string, TableShape> _tables = new Dictionary<string, TableShape>(StringComparer.Ordinal);
    private MasterComparison _comparison = MasterComparison.None;
    private SnapshotDay _day = new(options.RunDate, IsWritten: false, Next: null, Newest: null);

    public string RunId { get => _clock.RunId; init => _clock.RunId = value; }

    /// <summary>How long was waited for another run before this one began.</summary>
    public TimeSpan Waited { get; init; }

    private CatalogTable Master => pipeline.Catalog.Master;

    private bool WritesDay => _comparison.Affected > 0 || !_day.IsWritten;

    /// <summary>Finds out what the run would do. Writes nothing but temporary tables.</summary>
    public async Task<MergeResult> PlanAsync(CancellationToken cancellationToken)
    {
        await _clock.RunAsync("Prepare", () => PrepareAsync(cancellationToken));
        foreach (var source in pipeline.Catalog.Sources.OrderByDescending(source => source == pipeline.Catalog.Users))
            await _clock.RunAsync($"Judge {source}", () => JudgeAsync(source, cancellationToken));
        await _clock.RunAsync("Reconcile", () => ReconcileAsync(cancellationToken));
        await _clock.RunAsync("Stage", () => StageAsync(cancellationToken));
        await _clock.RunAsync("Compare", () => CompareAsync(cancellationToken));
        if (_comparison.Users.Total == 0 && _sources.Exists(source => source.Table == pipeline.Catalog.Users && source.Log.RowsUsed > 0))
            reporter.Warning($"Nobody had signed up by {options.RunDate:yyyy-MM-dd}: the day has no user. Check the year.");
        _guards = MergeGuards.Check(options.RunDate, DateOnly.FromDateTime(_clock.StartedAt), _sources, _rejected, _comparison, pipeline.Config.Guards);
        return Result(MergeOutcome.Planned);
    }

    /// <summary>Does the run.</summary>
    public async Task<MergeResult> ExecuteAsync(CancellationToken cancellationToken)
    {
        await PlanAsync(cancellationToken);
        if (_guards.Count > 0 && !options.Force)
            throw MergeGuards.Refuse(_guards, options.RunDate, pipeline.Catalog.Users);
        foreach (var guard in _guards)
            reporter.Warning($"Forced past a guard: {guard.Reason}.");

        await _clock.RunAsync("Upgrade", () => UpgradeAsync(cancellationToken));
        await _clock.RunAsync("Write", () => WriteAsync(cancellationToken));
        await RunLog.WriteAsync(session, Record(RunStatus.Succeeded), cancellationToken);
        await _clock.RunAsync("Commit", () => CommitAsync(cancellationToken));
        return Result(WritesDay ? MergeOutcome.Written : MergeOutcome.Unchanged);
    }

    /// <summary>The run as the log keeps it.</summary>
    public RunRecord Record(RunStatus status) => new()
    {
        RunId = RunId,
        Kind = RunKind.Merge,
        Status = status,
        Day = options.RunDate,
        StartedAt = _clock.StartedAt,
        WaitedSeconds = Waited.TotalSeconds,
        Seconds = _clock.Seconds,
        Inserted = status == RunStatus.Succeeded ? _comparison.Inserted : 0,
        Updated = status == RunStatus.Succeeded ? _comparison.Updated : 0,
        Deleted = status == RunStatus.Succeeded ? _comparison.Deleted : 0,
        Unchanged = status == RunStatus.Succeeded ? _comparison.Unchanged : 0,
        Quarantined = _rejected.Sum(rows => rows.Rows),
        Forced = options.Force,
        Guards = TrippedGuard.Join(_guards),
        ScriptSha256 = script.Sha256,
        ModuleVersion = pipeline.ModuleVersion,
        Steps = _clock.Steps,
        Sources = [.. _sources.Select(source => source.Log)],
    };

    private async Task<long?> PrepareAsync(CancellationToken cancellationToken)
    {
        _tables = await SchemaReader.RequireInitializedAsync(session, pipeline.Config.OtherDatabases, cancellationToken);
        _day = await SnapshotDay.LocateAsync(session, options.RunDate, cancellationToken);
        // A replay says it once.
        if (clean is null && _day.Notice is { } notice)
            reporter.Warning(notice);
        if (clean is null)
            await SourceRelation.DemandReadableAsync(session, pipeline, _tables, cancellationToken);
        await _judge.PrepareAsync(cancellationToken);
        return null;
    }

    private async Task<long?> JudgeAsync(CatalogTable source, CancellationToken cancellationToken)
    {
        var definesUsers = source == pipeline.Catalog.Users;
        var judged = IsClean(source)
            ? _judge.Trust(source, RelationOf(source), definesUsers, clean!.On(source, options.RunDate), clean.RowsOf(source, options.RunDate))
            : await _judge.JudgeAsync(source, RelationOf(source), definesUsers, cancellationToken);
        if (definesUsers)
        {
            var others = pipeline.Catalog.Sources.Where(other => other != source && !IsClean(other));
            await _judge.CountRowsOfUsersAsync(others.Select(other => (other, RelationOf(other))), cancellationToken);
        }

        _sources.Add(judged);
        // A replay says once which sources are empty to its end.
        if (judged.Log.RowsRead == 0 && !source.Required && clean is null)
            reporter.Warning(SourceRelation.NothingKnown(source, pipeline, _tables, options.RunDate));
        if (clean is null && SourceRelation.ColumnsUnknown(source, pipeline, _tables) is { } unknown)
            reporter.Warning(unknown);
        return judged.Log.RowsRead;
    }

    private bool IsClean(CatalogTable source) => clean?.Contains(source) == true;

    private string RelationOf(CatalogTable source) => SourceRelation.Of(source, pipeline.Config, _tables, session.Dialect, options.RunDate);

    private async Task<long?> ReconcileAsync(CancellationToken cancellationToken)
    {
        _rejected = await _judge.ReconcileAsync([.. _sources.Select(source => source.Log)], cancellationToken);
        return _rejected.Sum(rows => rows.Rows);
    }

    private async Task<long?> StageAsync(CancellationToken cancellationToken)
    {
        var relations = _sources.ToDictionary(source => source.Table.Name, source => source.Accepted);
        try
        {
            _comparison = new MasterComparison(await MasterBuild.BuildAsync(session, script, Master, _day, _tables, Render(relations), cancellationToken), []);
            return _comparison.Users.Total;
        }
        catch (LoyaltyException failure) when (MasterOverflow.IsLikely(failure))
        {
            if (await new MasterOverflow(session, pipeline.Catalog, Render, relations).ExplainAsync(failure, cancellationToken) is { } overflow)
                throw overflow;
            throw;
        }

        string Render(IReadOnlyDictionary<TableName, string> some) => script.Render(pipeline.Catalog, some, options.RunDate);
    }

    private async Task<long?> CompareAsync(CancellationToken cancellationToken)
    {
        _comparison = await MasterComparison.MakeAsync(session, _comparison.Users, cancellationToken);
        if (options.SampleUsers > 0)
            _changes = await MasterBuild.SampleAsync(session, Master, _day, _tables, options.SampleUsers, cancellationToken);
        return _comparison.Affected;
    }

    // The tables follow the catalog. DDL comes before the transaction, because on some engines it commits.
    private async Task<long?> UpgradeAsync(CancellationToken cancellationToken)
    {
        var plan = await SchemaInstaller.PlanAsync(session, pipeline.Catalog.OwnTables, _tables, cancellationToken);
        await SchemaInstaller.ApplyAsync(session, plan, cancellationToken);
        return null;
    }

    private async Task<long?> WriteAsync(CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken);
        var writer = new HistoryWriter(session, Master, _day);
        if (_comparison.Affected > 0)
            await writer.WriteAsync(cancellationToken);
        if (WritesDay)
            await writer.WriteSnapshotAsync(RunId, _comparison.Users.Total, _clock.StartedAt, cancellationToken);
        await session.ExecuteAsync(
            $"INSERT INTO LOYALTY.QUARANTINE (RUN_ID, SOURCE_TABLE, ROW_KEY, RULE, DETAIL) SELECT ?, SOURCE_TABLE, ROW_KEY, RULE, DETAIL FROM {MergeTables.Quarantine}", [RunId], cancellationToken);
        await writer.VerifyAsync(_comparison.Users.Total, cancellationToken);
        await new AdoptionLog(session, Master, _day).WriteAsync(_sources.Find(source => source.Table.Name == LoyaltyCatalog.FeatureAdoption), cancellationToken);
        await new MergeMetrics(session, Master, _day).WriteAsync(_sources, _clock.Seconds, cancellationToken);
        return _comparison.Affected;
    }

    private async Task<long?> CommitAsync(CancellationToken cancellationToken)
    {
        await session.CommitAsync(cancellationToken);
        return null;
    }

    private MergeResult Result(MergeOutcome outcome) => new()
    {
        RunId = RunId,
        RunDate = Midnight.Of(options.RunDate),
        Outcome = outcome,
        IsNewest = _day.IsNewest,
        Users = _comparison.Users.Total,
        Inserted = _comparison.Inserted,
        Updated = _comparison.Updated,
        Deleted = _comparison.Deleted,
        Unchanged = _comparison.Unchanged,
        QuarantinedByRule = _rejected,
        SegmentMoves = _comparison.SegmentMoves,
        Changes = _changes,
        Guards = _guards,
        Sources = [.. _sources.Select(source => source.Log)],
        Steps = _clock.Steps,
        Seconds = _clock.Seconds,
    };
}
