using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Stores;

namespace LoyaltyPipeline.Core.Diagnostics;

/// <summary>
/// What a bug report says of a warehouse. Each part names what it takes; texts that people or sources have written (messages, paths,
/// conditions, values) are none of it.
/// </summary>
internal sealed class DiagnosticParts(PipelineDefinition pipeline, IWarehouse warehouse, IWarehouseSession session, IRunReporter reporter)
{
    private const int NewestRuns = 50;

    /// <summary>The settings, without what is somebody's own: of places only what kind they are.</summary>
    public object Settings() => new
    {
        pipeline.Config.Guards,
        Sources = pipeline.Config.Sources.ToDictionary(
            source => source.Key, source => source.Value.File is null ? "schema" : "file", StringComparer.Ordinal),
        NullTokens = pipeline.Config.NullTokens.Count,
        Consumers = pipeline.Config.Consumers.Values.Select(Describe),
        Checks = pipeline.Config.Integrity.Checks.ToDictionary(
            check => check.Key, check => check.Value.IsEnabled ? "changed" : "left out", StringComparer.Ordinal),
        OwnChecks = pipeline.Config.Integrity.OwnChecks.Count,
    };

    /// <summary>The newest runs: how each ended and where its time went.</summary>
    public async Task<object> RunsAsync(CancellationToken cancellationToken) =>
        (await RunReader.ReadAsync(warehouse, new RunQuery(Last: NewestRuns), reporter, cancellationToken)).Select(run => new
        {
            run.RunId,
            run.Kind,
            run.Status,
            run.RunDate,
            run.Seconds,
            run.WaitedSeconds,
            run.Inserted,
            run.Updated,
            run.Deleted,
            run.Unchanged,
            run.Quarantined,
            run.Forced,
            run.ErrorId,
            Guards = run.Guards?.Split("; ").Select(guard => guard.Split(':')[0]),
            run.ModuleVersion,
            run.ScriptSha256,
            Steps = run.Steps.Select(step => new { step.StepNumber, Step = KindOf(step.Step), step.Seconds, step.RowCount }),
            Sources = run.Sources.Select(
                source => new { source.SourceTable, source.RowsRead, source.RowsUsed, source.RowsQuarantined, source.Seconds }),
        });

    /// <summary>The tables of the catalog as they are there, and how many rows each has.</summary>
    public async Task<object> SchemaAsync(CancellationToken cancellationToken)
    {
        var tables = new List<object>();
        var existing = await SchemaReader.ReadAsync(session, cancellationToken);
        foreach (var table in pipeline.Catalog.Tables)
        {
            var shape = existing.GetValueOrDefault(table.Name.ToString());
            var rows = shape is null || table.Kind == TableKind.View
                ? (long?)null
                : await session.CountAsync($"SELECT COUNT(*) FROM {table.Name}", cancellationToken);
            // Columns that nobody has declared are somebody's own.
            var declared = shape?.Columns.Where(column => table.FindColumn(column.Key) is not null)
                .ToDictionary(column => column.Key, column => column.Value, StringComparer.Ordinal);
            tables.Add(new
            {
                Table = table.Name.ToString(),
                IsThere = shape is not null,
                Rows = rows,
                Columns = declared,
                OtherColumns = shape?.Columns.Count - declared?.Count,
            });
        }

        return tables;
    }

    /// <summary>Whether the audit trail is sound.</summary>
    public async Task<object> AuditAsync(CancellationToken cancellationToken)
    {
        var found = await new AuditVerification(session).RunAsync(cancellationToken);
        return new { found.Entries, found.Faults };
    }

    /// <summary>How the engine would make Master of the newest day; values in it are hidden.</summary>
    public async Task<string> PlanAsync(CancellationToken cancellationToken)
    {
        if (await session.NewestDayAsync(SnapshotDay.Table, "SNAPSHOT_DATE", asOf: null, cancellationToken) is not { } day)
            return "No day has been written.";
        try
        {
            var tables = await SchemaReader.ReadAsync(session, cancellationToken, pipeline.Config.OtherDatabases);
            var relations = pipeline.Catalog.Sources.ToDictionary(
                source => source.Name, source => SourceRelation.Of(source, pipeline.Config, tables, session.Dialect, day));
            var query = MasterScript.Read(pipeline.MasterScriptPath).Render(pipeline.Catalog, relations, day);
            var lines = await session.ListAsync(
                session.Dialect.Explain(query), [], reader => reader.TextAt(reader.FieldCount - 1) ?? string.Empty, cancellationToken);
            return PlanText.WithoutValues(string.Join('\n', lines));
        }
        catch (LoyaltyException failure)
        {
            return $"There is no plan: {failure.ErrorId}.";
        }
    }

    private static object Describe(Consumer consumer) => new
    {
        consumer.Name,
        consumer.Segment,
        Destination = consumer.Destination is null ? "none" : DestinationText.IsS3(consumer.Destination) ? "S3" : "folder",
        HasStage = consumer.Stage is not null,
        consumer.Format,
        consumer.Compression,
        Columns = consumer.Columns.Count,
        consumer.RequireConsent,
        consumer.RequireActiveAccount,
        consumer.AudienceChange,
        consumer.NeutralizeFormulas,
    };

    // What comes after is the name of a file, a source or a consumer.
    private static string KindOf(string step) => step.Split(' ', 2)[0];
}
