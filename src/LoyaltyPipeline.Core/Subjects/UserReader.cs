using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Looks one person up.</summary>
public sealed class UserReader(PipelineDefinition pipeline)
{
    /// <summary>Looks a user up.</summary>
    /// <param name="showPersonalData">Whether personal data is shown, which the log keeps, or masked.</param>
    /// <param name="wait">How long to wait for others; null for not at all.</param>
    /// <param name="reporter">Hears, as <c>UserUnknown</c>, that nothing is held.</param>
    /// <returns>The user; null where nothing is held.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>QueryFailed</c>, and those of reaching the sources'
    /// files.</exception>
    public async Task<LoyaltyUser?> ReadAsync(
        IWarehouse warehouse, long userId, bool showPersonalData, LockWait? wait, IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        var at = StoredTime.Truncate(DateTime.UtcNow);
        await using var opened = await PipelineSession.OpenAsync(warehouse, pipeline, wait, reporter, cancellationToken);
        var run = showPersonalData ? new ShowRun(new RunContext(pipeline, warehouse, opened.Session, reporter), userId, at) : null;
        var document = run is null
            ? await new SubjectReader(pipeline, opened.Session).ReadAsync(userId, at, cancellationToken)
            : await run.RunLoggedAsync(cancellationToken);
        if (!document.IsEmpty)
            return new UserView(pipeline.Catalog, document, showPersonalData).Show(run?.RunId);
        reporter.NotFound(LoyaltyErrors.UserUnknown.Because("Nothing is held of the user who was asked for.", userId));
        return null;
    }
}
