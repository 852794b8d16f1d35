using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.History;

/// <summary>One run that thins history and what it has found out so far.</summary>
internal sealed class CompressRun(
    RunContext context, IReadOnlyDictionary<string, TableShape> tables, Func<IReadOnlyList<DateOnly>, IReadOnlyList<DateOnly>> choose)
    : RunFrame<CompressResult>(context, RunKind.Compress, "Thinning history", expectedSteps: 3)
{
    private readonly HistoryThinning _thinning = new(context.Session, tables[HistoryVersions.Table]);
    private IReadOnlyList<DateOnly> _written = [];
    private IReadOnlyList<DateOnly> _removed = [];
    private long _before;
    private ThinningPlan _versions = new(Affected: 0, Gone: 0, New: 0);

    /// <summary>Finds out what the run would do. Writes nothing but temporary tables.</summary>
    public async Task<CompressResult> PlanAsync(CancellationToken cancellationToken)
    {
        await Clock.RunAsync("Plan", async () =>
        {
            _written = await SnapshotDay.ListAsync(Session, cancellationToken);
            _removed = choose(_written);
            _before = await Session.CountAsync($"SELECT COUNT(*) FROM {HistoryVersions.Table}", cancellationToken);
            if (_removed.Count > 0)
                _versions = await _thinning.PlanAsync(_written, _removed, cancellationToken);
            return _versions.Gone + _versions.New;
        });
        return Result(applied: false);
    }

    protected override async Task<CompressResult> WorkAsync(CancellationToken cancellationToken)
    {
        await PlanAsync(cancellationToken);
        await Clock.RunAsync("Write", async () =>
        {
            await Session.BeginAsync(cancellationToken);
            if (_removed.Count > 0)
                await _thinning.WriteAsync(cancellationToken);
            await _thinning.VerifyAsync(cancellationToken);
            return _versions.Gone + _versions.New;
        });
        await LogSuccessAsync(cancellationToken);
        await Session.CommitAsync(cancellationToken);
        return Result(applied: true);
    }

    protected override RunFindings Findings =>
        new() { Totals = new RunTotals(_versions.New, Deleted: _versions.Gone, Unchanged: _before - _versions.Gone) };

    protected override AuditParameters Parameters => new()
    {
        { "days_removed", _removed.Count },
        { "oldest_removed", _removed.Count == 0 ? null : _removed.Min() },
        { "newest_removed", _removed.Count == 0 ? null : _removed.Max() },
    };

    private CompressResult Result(bool applied) => new()
    {
        RunId = applied ? RunId : string.Empty,
        Applied = applied,
        DaysKept = _written.Count - _removed.Count,
        DaysRemoved = [.. _removed.Select(day => Midnight.Of(day))],
        VersionsBefore = _before,
        VersionsAfter = _before - _versions.Gone + _versions.New,
        Seconds = Clock.Seconds,
    };
}
