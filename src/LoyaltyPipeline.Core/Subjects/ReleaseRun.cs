using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>One run that takes erasures back, so that users may come again.</summary>
internal sealed class ReleaseRun(RunContext context, EraseOptions options)
    : RunFrame<IReadOnlyList<ErasureResult>>(context, RunKind.Erase, "Taking erasures back", expectedSteps: 2)
{
    private readonly IReadOnlyList<long> _users = [.. options.UserIds.Distinct()];
    private readonly ErasureLedger _ledger = new(context.Session);
    private IReadOnlySet<long> _erased = new HashSet<long>();

    /// <summary>Finds out what the run would do. Writes nothing but temporary tables.</summary>
    public async Task<IReadOnlyList<ErasureResult>> PlanAsync(CancellationToken cancellationToken)
    {
        await Clock.RunAsync("Prepare", () => PrepareAsync(cancellationToken));
        return Results(ErasureOutcome.Planned, runId: string.Empty);
    }

    protected override async Task<IReadOnlyList<ErasureResult>> WorkAsync(CancellationToken cancellationToken)
    {
        await Clock.RunAsync("Prepare", () => PrepareAsync(cancellationToken));
        await Session.BeginAsync(cancellationToken);
        if (_erased.Count > 0)
            await Clock.RunAsync(
                "Release", async () => { await _ledger.RemoveAsync(cancellationToken); return _erased.Count; });
        await LogSuccessAsync(cancellationToken);
        await Session.CommitAsync(cancellationToken);
        return Results(ErasureOutcome.Released, RunId);
    }

    protected override RunFindings Findings => new() { Totals = new RunTotals(Deleted: _erased.Count) };

    // How many, and never who.
    protected override AuditParameters Parameters => new() { { "users", _users.Count }, { "release", true } };

    private async Task<long?> PrepareAsync(CancellationToken cancellationToken)
    {
        var tables = await TablesAsync(cancellationToken);
        await SubjectSql.PrepareAsync(Session, _users, cancellationToken);
        if (await ErasedUsers.AnyAsync(Session, tables, cancellationToken))
            _erased = await _ledger.ErasedAsync(cancellationToken);
        return _erased.Count;
    }

    private IReadOnlyList<ErasureResult> Results(ErasureOutcome released, string runId) =>
    [
        .. _users.Select(user => new ErasureResult
        {
            UserId = user,
            Outcome = _erased.Contains(user) ? released : ErasureOutcome.NotErased,
            RunId = runId,
            Seconds = Clock.Seconds,
        }),
    ];
}
