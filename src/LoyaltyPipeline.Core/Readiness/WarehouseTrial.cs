using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Queries;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Readiness;

/// <summary>Tries what can be tried in a warehouse alone: sources, stages and the queries of checks.</summary>
internal sealed class WarehouseTrial(PipelineDefinition pipeline, YamlMap root, ConfigTestOptions options)
{
    private static readonly ErrorDefinition[] FaultsOfSources =
        [LoyaltyErrors.SourceMissing, LoyaltyErrors.SourceFileUnreadable, LoyaltyErrors.ConfigInvalid];

    public async IAsyncEnumerable<ConfigFinding> RunAsync(
        IRunReporter reporter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Warehouse is not { } warehouse)
        {
            foreach (var finding in TryFiles().Concat(NotTried()))
                yield return finding;
            yield break;
        }

        var reached = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (var (source, location) in pipeline.Config.Sources)
        {
            if (await FindFaultOfSourceAsync(warehouse, source, location, reporter, cancellationToken) is { } fault)
                yield return fault;
            else
                reached.Add(source, location);
        }

        var reachable = pipeline with { Config = pipeline.Config with { Sources = reached } };
        await using var opened = await PipelineSession.OpenAsync(warehouse, reachable, options.LockWait, reporter, cancellationToken);
        if (await WhatFailsAsync(() => DemandKnownAsync(opened.Session, cancellationToken)) is { } tooNew)
        {
            yield return ConfigFinding.Of(tooNew, pipeline.ConfigPath!);
            yield break;
        }

        await foreach (var finding in TryStagesAsync(opened.Session, cancellationToken))
            yield return finding;
        // What reads a source that cannot be reached would be blamed for it.
        if (reached.Count < pipeline.Config.Sources.Count)
            yield break;
        await foreach (var finding in TryQueriesAsync(opened.Session, cancellationToken))
            yield return finding;
    }

    private static async Task DemandKnownAsync(IWarehouseSession session, CancellationToken cancellationToken) =>
        await SchemaVersion.DemandKnownAsync(session, await SchemaReader.ReadAsync(session, cancellationToken), cancellationToken);

    private ConfigSetting SettingOf(params ReadOnlySpan<string> keys) => ConfigSetting.Find(root, pipeline.ConfigPath!, keys);

    private IEnumerable<ConfigFinding> TryFiles() =>
        from source in pipeline.Config.Sources
        where source.Value.File is { } file && !File.Exists(file)
        select ConfigFinding.Of(
            LoyaltyErrors.SourceMissing.Because(
                $"The file {source.Value.File} of source {source.Key} does not exist.",
                remedy: "Correct the path in pipeline.yml, or restore the file."),
            SettingOf("sources", source.Key, "file"));

    // What nobody tried must not look as if it were well.
    private IEnumerable<ConfigFinding> NotTried()
    {
        const string remedy = "Connect a warehouse with Connect-LoyaltyWarehouse, or name one with -Warehouse.";
        foreach (var consumer in ConsumerTrial.ConfiguredIn(root, pipeline.Config).Where(consumer => consumer.Stage is not null))
        {
            yield return ConfigFinding.Warning(
                SettingOf("consumers", consumer.Name, "stage"), $"The stage {consumer.Stage} was not tried: no warehouse is connected.",
                remedy);
        }

        foreach (var own in pipeline.Config.Integrity.OwnChecks)
        {
            yield return ConfigFinding.Warning(
                QueryOf(own), $"Whether the query of the check {own.Id} fits the warehouse was not tried: none is connected.", remedy);
        }
    }

    // Each alone, so that one that cannot be reached says nothing of the others.
    private async Task<ConfigFinding?> FindFaultOfSourceAsync(
        IWarehouse warehouse, string source, SourceLocation location, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var alone = pipeline.Config with
        {
            Sources = new Dictionary<string, SourceLocation>(StringComparer.Ordinal) { [source] = location },
        };
        var setting = SettingOf("sources", source, location.File is null ? "schema" : "file");
        try
        {
            await using var opened = await PipelineSession.OpenAsync(
                warehouse, pipeline with { Config = alone }, options.LockWait, reporter, cancellationToken);
            var existing = await SchemaReader.ReadAsync(opened.Session, cancellationToken, alone.OtherDatabases);
            var tables = pipeline.Catalog.Sources.Where(table => table.Name.Schema == source).ToList();
            return tables.Exists(table => existing.ContainsKey(alone.Locate(table.Name).ToUpperInvariant()))
                ? null
                : ConfigFinding.Of(
                    LoyaltyErrors.SourceMissing.Because(
                        $"None of the tables of source {source} is there; the first would be {alone.PlaceOf(tables[0].Name)}.",
                        remedy: "Correct file or schema of the source, or have its department make the tables."),
                    setting);
        }
        catch (LoyaltyException failure) when (FaultsOfSources.Contains(failure.Definition))
        {
            return ConfigFinding.Of(failure, setting);
        }
    }

    private async IAsyncEnumerable<ConfigFinding> TryStagesAsync(
        IWarehouseSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var consumer in ConsumerTrial.ConfiguredIn(root, pipeline.Config))
        {
            if (consumer is { Stage: { } stage, Destination: { } destination }
                && await WhatFailsAsync(() => StageCheck.DemandAsync(session, consumer, stage, destination, cancellationToken)) is { } failure)
                yield return ConfigFinding.Of(failure, SettingOf("consumers", consumer.Name, "stage"));
        }
    }

    private async IAsyncEnumerable<ConfigFinding> TryQueriesAsync(
        IWarehouseSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (pipeline.Config.Integrity.OwnChecks.Count == 0)
            yield break;
        var shapes = await SchemaReader.ReadAsync(session, cancellationToken, pipeline.Config.OtherDatabases);
        var tables = await TablesInReach.FindAsync(session, shapes, cancellationToken);
        foreach (var own in pipeline.Config.Integrity.OwnChecks)
        {
            if (await WhatFailsAsync(() => own.Query.AdmitAsync(session, tables, own.Id, cancellationToken)) is { } failure)
                yield return ConfigFinding.Of(failure, QueryOf(own));
        }
    }

    private ConfigSetting QueryOf(OwnCheck own) =>
        SettingOf("integrity", "own_checks", own.Id[(own.Id.IndexOf('.', StringComparison.Ordinal) + 1)..], "query");

    private static async Task<LoyaltyException?> WhatFailsAsync(Func<Task> trial)
    {
        try
        {
            await trial();
            return null;
        }
        catch (LoyaltyException failure)
        {
            return failure;
        }
    }
}
