using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>
/// A session in which every source is within reach. The files of sources are attached read-only for as long as a session needs them: a file
/// that stayed attached could not be written by its owner, and would be read as it was.
/// </summary>
internal sealed class PipelineSession : IAsyncDisposable
{
    private readonly AttachedFiles _files;

    private PipelineSession(IWarehouseSession session, string warehouse)
    {
        Session = session;
        _files = new AttachedFiles(session, warehouse);
    }

    public IWarehouseSession Session { get; }

    /// <summary>Opens a session and attaches the files of sources that live in files of their own.</summary>
    /// <param name="pipeline">Where the sources are.</param>
    /// <param name="wait">How long to wait for a file that another process has open; null for not at all.</param>
    /// <exception cref="LoyaltyException"><c>SourceMissing</c>: a file does not exist; <c>SourceFileUnreadable</c>; <c>WarehouseBusy</c>;
    /// and those of opening a session.</exception>
    public static Task<PipelineSession> OpenAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken) =>
        (wait ?? LockWait.None).RunAsync(() => OpenAsync(warehouse, pipeline, cancellationToken), reporter, cancellationToken);

    /// <summary>Opens a session without waiting.</summary>
    public static async Task<PipelineSession> OpenAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var opened = new PipelineSession(await warehouse.OpenSessionAsync(cancellationToken), warehouse.Location);
        try
        {
            foreach (var (schema, location) in pipeline.Config.Sources)
                await opened._files.AttachAsync(schema, location, cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Session.RollbackAsync();
        await _files.DetachAsync();
        await Session.DisposeAsync();
    }
}
