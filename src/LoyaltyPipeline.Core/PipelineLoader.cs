using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core;

/// <summary>The way into the house: reads what a pipeline is made of.</summary>
public static class PipelineLoader
{
    /// <summary>Loads a pipeline.</summary>
    /// <param name="sqlFolder">The folder with <c>catalog.yml</c> and <c>Master_Table.sql</c>.</param>
    /// <param name="configPath">The configuration; null for the default settings.</param>
    /// <exception cref="Errors.LoyaltyException"><c>CatalogInvalid</c>, <c>ConfigInvalid</c>.</exception>
    public static PipelineDefinition Load(string sqlFolder, string? configPath)
    {
        var path = Path.Combine(sqlFolder, "catalog.yml");
        var catalog = CatalogReader.Read(path);
        var config = configPath is null ? PipelineConfig.Default : PipelineConfigReader.Read(configPath, catalog);
        // What checks there are is known by those alone who make them, and depends on the configuration too.
        CheckList.DemandKnown(catalog, config);
        return new PipelineDefinition
        {
            // The other engine masks the columns themselves.
            Catalog = MaskedViews.Define(catalog, config.ReaderRedaction, DuckDbDialect.Instance),
            CatalogPath = path,
            ConfigPath = configPath,
            Config = config,
            MasterScriptPath = Path.Combine(sqlFolder, "Master_Table.sql"),
            ModuleVersion = typeof(PipelineDefinition).Assembly.GetName().Version!.ToString(3),
        };
    }
}
