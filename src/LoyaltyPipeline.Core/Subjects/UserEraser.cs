using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>
/// Removes users from the warehouse on their demand, keeps them from coming back, and rebuilds the storage so that none of their bytes are
/// left in it.
/// </summary>
public sealed class UserEraser(PipelineDefinition pipeline)
{
    private const string HowToCompact = "run Remove-LoyaltyUser -Compact when nobody else has it open; the next erasure does it too";

    /// <summary>Erases users.</summary>
    /// <param name="options">Who, and how.</param>
    /// <param name="cancellationToken">Stops the run; nothing is left half-written.</param>
    /// <returns>What was done for each user, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>ReportUnwritable</c>,
    /// <c>QueryFailed</c>.</exception>
    public async Task<IReadOnlyList<ErasureResult>> EraseAsync(
        IWarehouse warehouse, EraseOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        if (options.PlanOnly)
        {
            await using var session = await warehouse.OpenSessionAsync(cancellationToken);
            return await new EraseRun(ContextOf(warehouse, session, reporter), options).PlanAsync(cancellationToken);
        }

        await using var runLock = await RunLock.TakeAsync(warehouse, options.LockWait, reporter, cancellationToken);
        var results = await InSessionAsync(
            warehouse,
            session => new EraseRun(ContextOf(warehouse, session, reporter), options).RunUnderAsync(runLock, cancellationToken),
            cancellationToken);
        var storage = await CompactIfDueAsync(warehouse, reporter, cancellationToken);
        foreach (var result in results)
            result.Storage = storage.State;
        return results;
    }

    /// <summary>Takes erasures back.</summary>
    /// <param name="options">Of whom.</param>
    /// <param name="cancellationToken">Stops the run; nothing is left half-written.</param>
    /// <returns>What was done for each user, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>QueryFailed</c>.</exception>
    public async Task<IReadOnlyList<ErasureResult>> ReleaseAsync(
        IWarehouse warehouse, EraseOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var run = new ReleaseRun(ContextOf(warehouse, session, reporter), options);
        return options.PlanOnly ? await run.PlanAsync(cancellationToken) : await run.RunLockedAsync(options.LockWait, cancellationToken);
    }

    /// <summary>Rebuilds the storage, whether it is due or not.</summary>
    /// <param name="wait">How long to wait for another run; null for not at all.</param>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>QueryFailed</c>.</exception>
    public static async Task<StorageCompaction> CompactAsync(
        IWarehouse warehouse, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var runLock = await RunLock.TakeAsync(warehouse, wait, reporter, cancellationToken);
        return await CompactAsync(warehouse, reporter, cancellationToken);
    }

    private RunContext ContextOf(IWarehouse warehouse, IWarehouseSession session, IRunReporter reporter) =>
        new(pipeline, warehouse, session, reporter);

    // Also where this run has removed nothing: an earlier one may have been kept from it, or killed before it.
    private static async Task<StorageCompaction> CompactIfDueAsync(
        IWarehouse warehouse, IRunReporter reporter, CancellationToken cancellationToken) =>
        await InSessionAsync(warehouse, session => new ErasureLedger(session).IsDueAsync(cancellationToken), cancellationToken)
            ? await CompactAsync(warehouse, reporter, cancellationToken)
            : new StorageCompaction(warehouse.Location, StorageCleanup.NotNeeded);

    private static async Task<StorageCompaction> CompactAsync(
        IWarehouse warehouse, IRunReporter reporter, CancellationToken cancellationToken)
    {
        reporter.Progress(new RunProgress("Erasing users", "Rebuilding the storage", Percent: null));
        var storage = await warehouse.CompactAsync(cancellationToken);
        if (storage.State == StorageCleanup.Due)
            reporter.Warning(
                $"What was erased is still in the bytes of {warehouse.Location}, which could not be rebuilt: {storage.Reason}. "
                + $"It is due: {HowToCompact}.");
        await InSessionAsync(warehouse, session => NoteAsync(session, storage.State, cancellationToken), cancellationToken);
        return storage;
    }

    // A warehouse of an earlier version has neither key nor trail; its storage can be rebuilt all the same.
    private static async Task<bool> NoteAsync(IWarehouseSession session, StorageCleanup state, CancellationToken cancellationToken)
    {
        var tables = await SchemaReader.ReadAsync(session, cancellationToken);
        var isDone = state != StorageCleanup.Due;
        var draft = new AuditDraft(
            AuditAction.Compact, isDone ? AuditOutcome.Succeeded : AuditOutcome.Failed, new AuditParameters { { "storage", state } });
        await AuditLog.InTransactionAsync(
            session,
            async () =>
            {
                if (isDone && tables.ContainsKey(ErasedUsers.KeyTable))
                    await new ErasureLedger(session).SetDueAsync(isDue: false, cancellationToken);
                if (AuditLog.Tables.All(tables.ContainsKey))
                    await AuditLog.AppendAsync(session, AuditChain.Runs, draft, cancellationToken);
            },
            cancellationToken);
        return true;
    }

    private static async Task<T> InSessionAsync<T>(
        IWarehouse warehouse, Func<IWarehouseSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        return await work(session);
    }
}
