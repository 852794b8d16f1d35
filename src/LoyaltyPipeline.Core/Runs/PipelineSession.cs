using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
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

    /// <summary>
    /// The files that a session has attached. Sessions of one warehouse share what is attached; the last to need a file detaches it.
    /// </summary>
    private sealed class AttachedFiles(IWarehouseSession session, string warehouse)
    {
        private static readonly SemaphoreSlim Gate = new(1, 1);
        private static readonly Dictionary<(string Warehouse, string Database), int> Users = [];

        private readonly List<string> _attached = [];

        public async Task AttachAsync(string source, SourceLocation location, CancellationToken cancellationToken)
        {
            if (location is not { File: { } file, Database: { } database } || _attached.Contains(database, StringComparer.Ordinal))
                return;
            if (FileFacts.IsSpecial(file))
                throw LoyaltyErrors.SourceFileUnreadable.Because(
                    $"The file {file} of source {source} is a device or a pipe.", source,
                    "Correct the path in pipeline.yml; it must be a DuckDB file.");
            if (Path.IsPathFullyQualified(warehouse) && RealPath.IsSameFile(file, warehouse))
            {
                throw LoyaltyErrors.ConfigInvalid.Because(
                    $"The file {file} of source {source} is the warehouse itself.", source,
                    $"Take file: out of pipeline.yml: without it, the source is the schema {source} of the warehouse, or the one that schema: names.");
            }

            if (!File.Exists(file))
                throw LoyaltyErrors.SourceMissing.Because(
                    $"The file {file} of source {source} does not exist.", source,
                    "Correct the path in pipeline.yml, or restore the file.");

            if (session.Dialect.Attach(file, database) is not { } attach)
            {
                throw LoyaltyErrors.ConfigInvalid.Because(
                    $"Source {source} is in the file {file}, which {session.Dialect.Engine} cannot read.", source,
                    "Name the database and schema of the source in pipeline.yml: schema: DATABASE.SCHEMA.");
            }

            await Gate.WaitAsync(cancellationToken);
            try
            {
                await session.ExecuteAsync(attach, cancellationToken);
                _attached.Add(database);
                Users[(warehouse, database)] = Users.GetValueOrDefault((warehouse, database)) + 1;
            }
            catch (LoyaltyException exception) when (exception.Definition.Kind == ErrorKind.Busy)
            {
                throw LoyaltyErrors.WarehouseBusy.Because(
                    $"The file {file} of source {source} is in use. {exception.Message}", source, exception.Remedy, exception);
            }
            catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
            {
                throw LoyaltyErrors.SourceFileUnreadable.Because(
                    $"The file {file} of source {source} cannot be opened: {exception.Message}", source,
                    "Correct the path in pipeline.yml; it must be a DuckDB file.", exception);
            }
            finally
            {
                Gate.Release();
            }
        }

        public async Task DetachAsync()
        {
            await Gate.WaitAsync(CancellationToken.None);
            try
            {
                foreach (var database in _attached)
                {
                    Users[(warehouse, database)]--;
                    if (Users[(warehouse, database)] == 0)
                        await session.ExecuteAsync(session.Dialect.Detach(database)!, CancellationToken.None);
                }
            }
            catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
            {
                // The run is over, whatever becomes of the file; closing the warehouse lets it go.
            }
            finally
            {
                Gate.Release();
            }
        }
    }
}
