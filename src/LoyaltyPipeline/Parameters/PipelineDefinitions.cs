using System.Collections.Concurrent;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Loading;

namespace LoyaltyPipeline.Parameters;

/// <summary>Keeps loaded pipelines until one of their files changes, so that a session of many cmdlets reads the catalog once.</summary>
internal static class PipelineDefinitions
{
    private static readonly string Catalog = Path.Combine(ModuleLayout.SqlFolder, "catalog.yml");
    private static readonly ConcurrentDictionary<string, (PipelineDefinition Pipeline, DateTime Catalog, DateTime Config)> Loaded = new(
        StringComparer.Ordinal);

    /// <summary>The pipeline with a configuration.</summary>
    /// <param name="configPath">The configuration; null for the default settings.</param>
    /// <returns>The pipeline.</returns>
    public static PipelineDefinition Load(string? configPath)
    {
        var key = configPath ?? string.Empty;
        var catalogTime = File.GetLastWriteTimeUtc(Catalog);
        var configTime = configPath is null ? default : File.GetLastWriteTimeUtc(configPath);
        if (Loaded.TryGetValue(key, out var known) && known.Catalog == catalogTime && known.Config == configTime)
            return known.Pipeline;

        var pipeline = PipelineLoader.Load(ModuleLayout.SqlFolder, configPath);
        Loaded[key] = (pipeline, catalogTime, configTime);
        return pipeline;
    }
}
