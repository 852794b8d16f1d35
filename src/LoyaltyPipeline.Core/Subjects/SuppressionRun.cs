using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>One run that adds users to SUPPRESSION, or removes them.</summary>
/// <param name="removes">Whether they are removed.</param>
internal sealed class SuppressionRun(RunContext context, SuppressOptions options, bool removes)
    : RunFrame<SuppressionResult>(context, RunKind.Suppress, removes ? "Ending suppressions" : "Suppressing users", expectedSteps: 3)
{
    private SuppressionCounts _counts = new(0, 0, 0, 0);
    private SuppressionSql? _sql;

    private (long Added, long Changed, long Removed) Changes =>
        removes ? (0, 0, _counts.Stored) : (_counts.Users - _counts.Stored, _counts.Different, 0);

    private long Unchanged => _counts.Users - Changes.Added - Changes.Changed - Changes.Removed;

    private long NoUser => _counts.Users - _counts.Known;

    protected override RunFindings Findings =>
        new() { Totals = new RunTotals(Changes.Added, Changes.Changed, Changes.Removed, Unchanged) };

    // Ids are none of them, and a reason is a text of somebody's own.
    protected override AuditParameters Parameters =>
        new() { { "users", _counts.Users }, { "remove", removes }, { "until", options.Until } };

    protected override bool MakesTables => true;

    /// <summary>Finds out what the run would do. Writes nothing but temporary tables.</summary>
    public async Task<SuppressionResult> PlanAsync(CancellationToken cancellationToken)
    {
        await Clock.RunAsync("Compare", () => CompareAsync(cancellationToken));
        return Result(applied: false);
    }

    protected override async Task<SuppressionResult> WorkAsync(CancellationToken cancellationToken)
    {
        await Clock.RunAsync("Upgrade tables", () => UpgradeAsync(cancellationToken));
        await Clock.RunAsync("Compare", () => CompareAsync(cancellationToken));
        await Clock.RunAsync("Write", () => WriteAsync(cancellationToken));
        await LogSuccessAsync(cancellationToken);
        await Session.CommitAsync(cancellationToken);
        return Result(applied: true);
    }

    // DDL comes before the transaction, because on some engines it commits.
    private async Task<long?> UpgradeAsync(CancellationToken cancellationToken)
    {
        var plan = await SchemaInstaller.PlanAsync(Session, Pipeline.Catalog.OwnTables, cancellationToken);
        await SchemaInstaller.ApplyAsync(Session, plan, cancellationToken);
        return null;
    }

    private async Task<long?> CompareAsync(CancellationToken cancellationToken)
    {
        var tables = await SchemaReader.RequireInitializedAsync(Session, cancellationToken, Suppressed.Table);
        await SubjectSql.PrepareAsync(Session, options.UserIds, cancellationToken);
        _sql = new SuppressionSql(Session, options, tables[Suppressed.Table]);
        _counts = await _sql.CountAsync(cancellationToken);
        if (!removes && NoUser > 0)
            Reporter.Warning(
                $"Master has no user of {NoUser} of the ids. They {(options.PlanOnly ? "would be" : "are")} suppressed all the same, "
                + "from when they come; if one was mistyped, take it back with Remove-LoyaltySuppression.");
        return _counts.Users;
    }

    private async Task<long?> WriteAsync(CancellationToken cancellationToken)
    {
        await Session.BeginAsync(cancellationToken);
        if (Changes.Removed > 0)
            await _sql!.DeleteAsync(cancellationToken);
        if (Changes.Changed > 0)
            await _sql!.UpdateAsync(Clock.StartedAt, cancellationToken);
        if (Changes.Added > 0)
            await _sql!.InsertAsync(Clock.StartedAt, cancellationToken);
        return Changes.Added + Changes.Changed + Changes.Removed;
    }

    private SuppressionResult Result(bool applied) => new()
    {
        RunId = applied ? RunId : string.Empty,
        Applied = applied,
        Users = _counts.Users,
        Added = Changes.Added,
        Changed = Changes.Changed,
        Removed = Changes.Removed,
        Unchanged = Unchanged,
        NoUser = NoUser,
        Seconds = Clock.Seconds,
    };
}
