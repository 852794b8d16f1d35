using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>Brings files into source tables.</summary>
public sealed class SourceImporter(PipelineDefinition pipeline)
{
    /// <summary>Imports the files of one table, in one transaction.</summary>
    /// <param name="options">How to import.</param>
    /// <param name="cancellationToken">Stops the import; nothing is left half-written.</param>
    /// <returns>What was done, or for a plan what would be.</returns>
    /// <exception cref="LoyaltyException">
    /// <c>WarehouseNotInitialized</c>, <c>RunLocked</c>, <c>SourceFileUnreadable</c>, <c>SourceColumnMissing</c>, <c>TooManyRejected</c>,
    /// <c>GuardTripped</c>, <c>SchemaConflict</c>, <c>QueryFailed</c>.
    /// </exception>
    public async Task<ImportResult> ImportAsync(
        IWarehouse warehouse, CatalogTable table, IReadOnlyList<SourceFile> files, ImportOptions options, IRunReporter reporter,
        CancellationToken cancellationToken)
    {
        if (pipeline.Config.Sources.ContainsKey(table.Name.Schema))
        {
            throw LoyaltyErrors.ConfigInvalid.Because(
                $"{table} is not imported: pipeline.yml says that {table.Name.Schema} is kept elsewhere, at {pipeline.Config.PlaceOf(table.Name)}.", table.Name.ToString(), "Load it there, or take its location out of pipeline.yml.");
        }

        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        if ((await SchemaReader.ReadViewsAsync(session, cancellationToken)).ContainsKey(table.Name.ToString()))
            throw LoyaltyErrors.SchemaConflict.Because(
                $"{table} is a view, into which nothing is imported.", table.Name.ToString(),
                "Load it where the view leads, or put a table in its place.");
        await using var engine = session.Dialect.ReadsFiles ? null : await EmbeddedEngine.OpenAsync(cancellationToken);
        var import = new TableImport(
            new RunContext(pipeline, warehouse, session, reporter), table, files, engine?.Session ?? session, options);
        return options.PlanOnly
            ? await import.PlanAsync(cancellationToken)
            : await import.RunLockedAsync(options.LockWait, cancellationToken);
    }
}
