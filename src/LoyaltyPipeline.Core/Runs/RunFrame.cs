using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>
/// What all runs have in common: an id, a clock, the lock, and a row of the log that says how they ended. A kind of run adds its work and
/// what of it is logged.
/// </summary>
/// <typeparam name="TResult">What the run yields.</typeparam>
/// <param name="kind">What it does.</param>
/// <param name="activity">The same for the progress line.</param>
/// <param name="expectedSteps">How many steps it has, for the progress line.</param>
internal abstract class RunFrame<TResult>(RunContext context, RunKind kind, string activity, int expectedSteps)
{
    private TimeSpan _waited;

    /// <summary>Identifies the run.</summary>
    public string RunId => Clock.RunId;

    protected RunContext Context => context;

    protected PipelineDefinition Pipeline => context.Pipeline;

    protected IWarehouse Warehouse => context.Warehouse;

    protected IWarehouseSession Session => context.Session;

    protected IRunReporter Reporter => context.Reporter;

    /// <summary>Times the steps. It goes from when the run was made, and anew from when the lock is held.</summary>
    protected StepClock Clock { get; } = new(activity, expectedSteps, context.Session, context.Reporter);

    /// <summary>What the log keeps of the run, as far as it has come.</summary>
    protected abstract RunFindings Findings { get; }

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
        return RunLoggedAsync(cancellationToken);
    }

    /// <summary>
    /// Does a run that needs no lock, or whose caller holds it. If it fails, what it wrote is rolled back, and the failure is logged.
    /// </summary>
    public virtual async Task<TResult> RunLoggedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await WorkAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            await Session.RollbackAsync();
            await LogFailureAsync(failure);
            throw;
        }
    }

    /// <summary>Does the work. With what it writes last comes <see cref="LogSuccessAsync"/>.</summary>
    protected abstract Task<TResult> WorkAsync(CancellationToken cancellationToken);

    /// <summary>Logs that the run has succeeded: in the transaction of what it wrote, so that both are there or neither.</summary>
    protected Task LogSuccessAsync(CancellationToken cancellationToken) =>
        RunLog.WriteAsync(Session, Record(RunStatus.Succeeded), cancellationToken);

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

            await session.BeginAsync(CancellationToken.None);
            await RunLog.WriteAsync(session, run, CancellationToken.None);
            await session.CommitAsync(CancellationToken.None);
        }
        catch (LoyaltyException exception)
        {
            Reporter.Warning($"The failed run {RunId} could not be logged: {exception.Message}");
        }
    }

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
            Steps = Clock.Steps,
            Sources = found.Sources,
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
