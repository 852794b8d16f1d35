using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.RunEvents;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>
/// What all runs have in common: an id, a clock, the lock, a row of the log that says how they ended, and an entry of the audit trail that
/// says who started them. A kind of run adds its work and what of it is logged.
/// </summary>
/// <typeparam name="TResult">What the run yields.</typeparam>
/// <param name="kind">What it does.</param>
/// <param name="activity">The same for the progress line.</param>
/// <param name="expectedSteps">How many steps it has, for the progress line.</param>
internal abstract class RunFrame<TResult>(RunContext context, RunKind kind, string activity, int expectedSteps)
{
    private TimeSpan _waited;
    private IReadOnlyDictionary<string, TableShape>? _tables;

    /// <summary>Identifies the run.</summary>
    public string RunId => Clock.RunId;

    protected RunContext Context => context;

    protected PipelineDefinition Pipeline => context.Pipeline;

    protected IWarehouse Warehouse => context.Warehouse;

    protected IWarehouseSession Session => context.Session;

    protected IRunReporter Reporter => context.Reporter;

    /// <summary>Times the steps. It goes from when the run was made, and anew from when the lock is held.</summary>
    protected StepClock Clock { get; } = new(activity, expectedSteps, context.Session, context.Reporter);

    /// <summary>What events say of the run, beside its day and how it ends.</summary>
    protected virtual RunFacts Facts => new(RunId, kind.ToString().ToLowerInvariant());

    /// <summary>What the log keeps of the run, as far as it has come.</summary>
    protected abstract RunFindings Findings { get; }

    /// <summary>What the audit trail keeps of what the run was asked to do: no secret, and nothing of a person.</summary>
    protected abstract AuditParameters Parameters { get; }

    /// <summary>The chain of the audit trail; runs that go on beside others have one of their own.</summary>
    protected virtual AuditChain Chain => AuditChain.Runs;

    /// <summary>Whether the run makes tables that are not there yet.</summary>
    protected virtual bool MakesTables => false;

    /// <summary>Databases that the run reads sources in, besides the warehouse's own.</summary>
    protected virtual IEnumerable<string> OtherDatabases => [];

    /// <summary>Waits for the lock, then does the run.</summary>
    /// <param name="wait">How long to wait for another run; null for not at all.</param>
    public async Task<TResult> RunLockedAsync(LockWait? wait, CancellationToken cancellationToken)
    {
        await using var runLock = await RunLock.TakeAsync(Warehouse, wait, Reporter, cancellationToken);
        return await RunUnderAsync(runLock, cancellationToken);
    }

    /// <summary>Does the run under a lock that its caller holds for it.</summary>
    public Task<TResult> RunUnderAsync(RunLock runLock, CancellationToken cancellationToken)
    {
        Clock.Restart(runLock.Holder.RunId);
        _waited = runLock.Waited;
        // What was read before the lock was held, another run may have changed.
        _tables = null;
        return RunLoggedAsync(cancellationToken);
    }

    /// <summary>
    /// Does a run that needs no lock, or whose caller holds it. If it fails, what it wrote is rolled back, and the failure is logged.
    /// </summary>
    public virtual async Task<TResult> RunLoggedAsync(CancellationToken cancellationToken)
    {
        var events = new RunEventLog(Pipeline, Reporter);
        await events.TellAsync(Facts, RunEventType.Start);
        TResult result;
        try
        {
            // A change that cannot be noted is not made.
            if (!MakesTables)
                await TablesAsync(cancellationToken, AuditLog.Tables);
            result = await WorkAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            await Session.RollbackAsync();
            // What a newer module has made is left alone, its log too.
            if (failure is not LoyaltyException { Definition: var why } || why != LoyaltyErrors.WarehouseTooNew)
                await LogFailureAsync(failure);
            await events.TellAsync(
                Facts with { Day = Findings.Day, ErrorId = ErrorIdOf(failure) },
                failure is OperationCanceledException ? RunEventType.Abort : RunEventType.Fail);
            throw;
        }

        await events.TellAsync(Facts with { Day = Findings.Day }, RunEventType.Complete);
        return result;
    }

    /// <summary>The tables that the run has found, read once: under the lock nobody makes others but the run itself.</summary>
    /// <param name="needed">Tables that a warehouse of an earlier version may lack.</param>
    /// <returns>The shape of each table, as <see cref="SchemaReader.ReadAsync"/> gives it.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>WarehouseTooNew</c>.</exception>
    protected async Task<IReadOnlyDictionary<string, TableShape>> TablesAsync(
        CancellationToken cancellationToken, params IEnumerable<string> needed)
    {
        _tables ??= await SchemaReader.RequireInitializedAsync(Session, OtherDatabases, cancellationToken);
        SchemaReader.Demand(needed, _tables);
        return _tables;
    }

    /// <summary>Does the work. With what it writes last comes <see cref="LogSuccessAsync"/>.</summary>
    protected abstract Task<TResult> WorkAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Logs that the run has succeeded: in the transaction of what it wrote, so that both are there or neither. Who stops the run at one of
    /// its warnings has stopped it by then.
    /// </summary>
    /// <param name="cancellationToken">None where it is too late to stop.</param>
    protected async Task LogSuccessAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            await Reporter.SettleAsync(cancellationToken);
        await RunLog.WriteAsync(Session, Record(RunStatus.Succeeded), cancellationToken);
        await AuditLog.AppendAsync(Session, Chain, Draft(AuditOutcome.Succeeded), cancellationToken);
    }

    /// <summary>Logs success where what was done is no part of a transaction.</summary>
    protected async Task LogSuccessAloneAsync(CancellationToken cancellationToken)
    {
        await Session.BeginAsync(cancellationToken);
        await LogSuccessAsync(cancellationToken);
        await Session.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Notes, in a transaction, that the run begins to change what cannot be rolled back: should it be killed, the audit trail knows of it.
    /// </summary>
    protected Task LogBegunAsync(CancellationToken cancellationToken) =>
        AuditLog.AppendAsync(Session, Chain, Draft(AuditOutcome.Begun), cancellationToken);

    // In a transaction of its own. A log that cannot be written is a warning: the failure itself comes first. A run that was committed
    // before it failed is in the log as it should be, and is not logged again.
    private async Task LogFailureAsync(Exception failure)
    {
        var run = Record(StatusOf(failure));
        run.ErrorId = ErrorIdOf(failure);
        run.ErrorMessage = failure is OperationCanceledException ? "The run was stopped before its end." : failure.Message;
        try
        {
            await using var session = await Warehouse.OpenSessionAsync(CancellationToken.None);
            if (await RunLog.ContainsAsync(session, RunId, CancellationToken.None))
            {
                Reporter.Warning($"The run {RunId} had written everything when it failed: what it was to do is done.");
                return;
            }

            var tables = await SchemaReader.ReadAsync(session, CancellationToken.None);
            var outcome = Enum.Parse<AuditOutcome>(run.Status.ToString());
            await AuditLog.InTransactionAsync(
                session,
                async () =>
                {
                    await RunLog.WriteAsync(session, run, CancellationToken.None);
                    // A warehouse of an earlier version may lack the trail.
                    if (AuditLog.Tables.All(tables.ContainsKey))
                        await AuditLog.AppendAsync(session, Chain, Draft(outcome, run.ErrorId), CancellationToken.None);
                },
                CancellationToken.None);
        }
        catch (LoyaltyException exception)
        {
            Reporter.Warning($"The failed run {RunId} could not be logged: {exception.Message}");
        }
    }

    private AuditDraft Draft(AuditOutcome outcome, string? errorId = null) =>
        new(Enum.Parse<AuditAction>(kind.ToString()), outcome, Parameters, RunId, errorId);

    private RunRecord Record(RunStatus status)
    {
        var found = Findings;
        var totals = status == RunStatus.Succeeded ? found.Totals : new RunTotals();
        return new RunRecord
        {
            RunId = RunId,
            Kind = kind,
            Status = status,
            Day = found.Day,
            StartedAt = Clock.StartedAt,
            Seconds = Clock.Seconds,
            WaitedSeconds = _waited.TotalSeconds,
            Inserted = totals.Inserted,
            Updated = totals.Updated,
            Deleted = totals.Deleted,
            Unchanged = totals.Unchanged,
            Quarantined = found.Quarantined,
            Forced = found.Forced,
            Guards = TrippedGuard.Join(found.Guards),
            ScriptSha256 = found.ScriptSha256,
            ModuleVersion = Pipeline.ModuleVersion,
            Steps = [.. Clock.Steps],
            Sources = [.. found.Sources],
        };
    }

    // The ids that the errors of cmdlets have.
    private static string ErrorIdOf(Exception failure) => failure switch
    {
        LoyaltyException known => known.ErrorId,
        OperationCanceledException => LoyaltyErrors.Cancelled.Id,
        _ => LoyaltyErrors.UnexpectedFailure.Id,
    };

    private static RunStatus StatusOf(Exception failure) => failure switch
    {
        OperationCanceledException => RunStatus.Cancelled,
        LoyaltyException { Definition: var definition } when definition == LoyaltyErrors.GuardTripped
            || definition == LoyaltyErrors.SourceMissing || definition == LoyaltyErrors.TooManyRejected
            || definition == LoyaltyErrors.SampleTargetNotEmpty => RunStatus.Refused,
        _ => RunStatus.Failed,
    };
}
