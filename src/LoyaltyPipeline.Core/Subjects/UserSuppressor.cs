using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Keeps users from being sent to anybody, and ends that.</summary>
public sealed class UserSuppressor(PipelineDefinition pipeline)
{
    /// <summary>Suppresses users.</summary>
    /// <param name="options">Who, why and until when.</param>
    /// <param name="cancellationToken">Stops the run; nothing is left half-written.</param>
    /// <returns>What was done, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException"><c>SuppressionOver</c>, <c>WarehouseNotInitialized</c>, <c>RunLocked</c>,
    /// <c>QueryFailed</c>.</exception>
    public async Task<SuppressionResult> AddAsync(
        IWarehouse warehouse, SuppressOptions options, IRunReporter reporter, CancellationToken cancellationToken)
    {
        if (options.Until is { } until && until < DateOnly.FromDateTime(DateTime.UtcNow))
            throw LoyaltyErrors.SuppressionOver.Because($"{until:yyyy-MM-dd} is past: nobody would be suppressed by it.", until);
        return await RunAsync(warehouse, options, removes: false, reporter, cancellationToken);
    }

    /// <summary>Ends the suppression of users, whatever its last day.</summary>
    /// <param name="options">Who.</param>
    /// <param name="cancellationToken">Stops the run; nothing is left half-written.</param>
    /// <returns>What was done, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>QueryFailed</c>.</exception>
    public Task<SuppressionResult> RemoveAsync(
        IWarehouse warehouse, SuppressOptions options, IRunReporter reporter, CancellationToken cancellationToken) =>
        RunAsync(warehouse, options, removes: true, reporter, cancellationToken);

    private async Task<SuppressionResult> RunAsync(
        IWarehouse warehouse, SuppressOptions options, bool removes, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var run = new SuppressionRun(new RunContext(pipeline, warehouse, session, reporter), options, removes);
        return options.PlanOnly ? await run.PlanAsync(cancellationToken) : await run.RunLockedAsync(options.LockWait, cancellationToken);
    }
}
