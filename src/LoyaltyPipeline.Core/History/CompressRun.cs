using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.History;

/// <summary>One run that thins history and what it has found out so far.</summary>
internal sealed class CompressRun(
    PipelineDefinition pipeline, IWarehouseSession session, IReadOnlyDictionary<string, TableShape> tables, Func<IReadOnlyList<DateOnly>, IReadOnlyList<DateOnly>> choose, IRunReporter reporter)
{
    private readonly StepClock _clock = new("Thinning history", expectedSteps: 3, session, reporter);
    private readonly HistoryThinning _thinning = new(session, tables[HistoryVersions.Table]);
    private IReadOnlyList<DateOnly> _written = [];
    private IReadOnlyList<DateOnly> _removed = [];
    private long _before;
    private (long Gone, long New) _versions;

    public string RunId { get => _clock.RunId; init => _clock.RunId = value; }

    /// <summary>How long was waited for another run before this one began.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Finds out what the run would do. Writes nothing but temporary tables.</summary>
    public async Task<CompressResult> PlanAsync(CancellationToken cancellationToken)
    {
        await _clock.RunAsync("Plan", async () =>
        {
            _written = await SnapshotDay.ListAsync(session, cancellationToken);
            _removed = choose(_written);
            _before = await session.CountAsync($"SELECT COUNT(*) FROM {HistoryVersions.Table}", cancellationToken);
            if (_removed.Count > 0)
                _versions = await _thinning.PlanAsync(_written, _removed, cancellationToken);
            return _versions.Gone + _versions.New;
        });
        return Result(applied: false);
    }

    /// <summary>Does the run.</summary>
    public async Task<CompressResult> ExecuteAsync(CancellationToken cancellationToken)
    {
        await PlanAsync(cancellationToken);
        await _clock.RunAsync("Write", async () =>
        {
            await session.BeginAsync(cancellationToken);
            if (_removed.Count > 0)
                await _thinning.WriteAsync(cancellationToken);
            await _thinning.VerifyAsync(cancellationToken);
            return _versions.Gone + _versions.New;
        });
        await RunLog.WriteAsync(session, Record(RunStatus.Succeeded), cancellationToken);
        await session.CommitAsync(cancellationToken);
        return Result(applied: true);
    }

    /// <summary>The run as the log keeps it.</summary>
    public RunRecord Record(RunStatus status) => new()
    {
        RunId = RunId,
        Kind = RunKind.Compress,
        Status = status,
        StartedAt = _clock.StartedAt,
        Seconds = _clock.Seconds,
        WaitedSeconds = Waited.TotalSeconds,
        Inserted = status == RunStatus.Succeeded ? _versions.New : 0,
        Deleted = status == RunStatus.Succeeded ? _versions.Gone : 0,
        Unchanged = status == RunStatus.Succeeded ? _before - _versions.Gone : 0,
        ModuleVersion = pipeline.ModuleVersion,
        Steps = _clock.Steps,
    };

    private CompressResult Result(bool applied) => new()
    {
        RunId = RunId,
        Applied = applied,
        DaysKept = _written.Count - _removed.Count,
        DaysRemoved = [.. _removed.Select(day => Midnight.Of(day))],
        VersionsBefore = _before,
        VersionsAfter = _before - _versions.Gone + _versions.New,
        Seconds = _clock.Seconds,
    };
}
