using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.SyntheticData.Sinks;

namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>Fills the source tables of a warehouse with a sample, all of it in one transaction.</summary>
public sealed class SyntheticDataWriter(PipelineDefinition pipeline)
{
    /// <summary>Writes a sample.</summary>
    /// <param name="warehouse">A DuckDB warehouse.</param>
    /// <param name="options">What the sample contains.</param>
    /// <param name="replace">Whether rows that are in the source tables are removed; else they are an error.</param>
    /// <param name="wait">How long to wait for another run; null for not at all.</param>
    /// <param name="cancellationToken">Stops writing; the tables stay as they were.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="LoyaltyException"><c>SampleTargetNotEmpty</c>, <c>WarehouseNotInitialized</c>, <c>RunLocked</c>,
    /// <c>WarehouseUnavailable</c>: the engine is not DuckDB.</exception>
    public async Task<SampleResult> WriteAsync(
        IWarehouse warehouse, SyntheticDataOptions options, bool replace, LockWait? wait, IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        if (session is not DuckDbSession)
        {
            throw LoyaltyErrors.WarehouseUnavailable.Because(
                $"A sample is written into DuckDB only, not into {warehouse.Location}.", warehouse.Location,
                "Write landing files with -Path and import them with Import-LoyaltySource.");
        }

        await SampleRun.RequireRoomAsync(session, pipeline.Catalog, replace, cancellationToken);
        var run = new SampleRun(new RunContext(pipeline, warehouse, session, reporter), options, replace);
        return await run.RunLockedAsync(wait, cancellationToken);
    }

    /// <summary>Writes a sample as landing files, one CSV file a table.</summary>
    /// <param name="folder">The folder; created if need be.</param>
    /// <param name="options">What the sample contains.</param>
    /// <param name="compress">Whether the files are gzipped.</param>
    /// <param name="replace">Whether files that are there are replaced; else they are an error.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="LoyaltyException"><c>SampleTargetNotEmpty</c>.</exception>
    public async Task<SampleResult> WriteFilesAsync(
        string folder, SyntheticDataOptions options, bool compress, bool replace, IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        RequireRoom(folder, replace);
        var existing = FilesIn(folder);
        using var landing = new CsvLandingFolder(folder, compress);
        var result = await SyntheticTablesWriter.WriteAsync(
            pipeline.Catalog, options, landing.Open, new SyntheticReport(reporter), cancellationToken);
        var written = landing.Commit(cancellationToken).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        // A file of the other kind beside the new one would be imported as a second part.
        foreach (var file in existing.Where(file => !written.Contains(Path.GetFileName(file))))
            PatientFiles.Delete(file, cancellationToken);
        return result;
    }

    /// <summary>Makes sure that a sample may be written into a warehouse.</summary>
    /// <param name="replace">Whether rows that are in the source tables may be removed.</param>
    /// <returns>When it is sure.</returns>
    /// <exception cref="LoyaltyException"><c>SampleTargetNotEmpty</c>, <c>WarehouseNotInitialized</c>.</exception>
    public async Task RequireRoomAsync(IWarehouse warehouse, bool replace, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SampleRun.RequireRoomAsync(session, pipeline.Catalog, replace, cancellationToken);
    }

    /// <summary>Makes sure that a sample may be written into a folder.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="replace">Whether files that are there may be replaced.</param>
    /// <exception cref="LoyaltyException"><c>SampleTargetNotEmpty</c>.</exception>
    public void RequireRoom(string folder, bool replace)
    {
        if (!replace && FilesIn(folder) is [var file, ..])
            throw LoyaltyErrors.SampleTargetNotEmpty.Because($"The folder {folder} holds {Path.GetFileName(file)} already.", folder);
    }

    private List<string> FilesIn(string folder) => Directory.Exists(folder)
        ? [.. pipeline.Catalog.Sources.SelectMany(source => Directory.EnumerateFiles(folder, $"{source.Name.Table}.csv*"))]
        : [];
}
