using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core;

/// <summary>The way into the house: reads what a pipeline is made of.</summary>
public static class PipelineLoader
{
    /// <summary>Loads a pipeline.</summary>
    /// <param name="sqlFolder">The folder with <c>catalog.yml</c> and <c>Master_Table.sql</c>.</param>
    /// <param name="configPath">The configuration; null for the default settings.</param>
    /// <exception cref="LoyaltyException"><c>CatalogInvalid</c>, <c>ConfigInvalid</c>.</exception>
    public static PipelineDefinition Load(string sqlFolder, string? configPath) => configPath is null
        ? Define(sqlFolder, ReadCatalog(sqlFolder), PipelineConfig.Default, configPath: null)
        : Load(sqlFolder, configPath, hear: null).Pipeline;

    /// <summary>Loads a pipeline whatever is wrong with its configuration.</summary>
    /// <param name="hear">Hears of each fault of the configuration; null where the first one is to be thrown.</param>
    /// <returns>The pipeline, and where its settings stand.</returns>
    /// <exception cref="LoyaltyException"><c>CatalogInvalid</c>; <c>ConfigInvalid</c>: the file cannot be read at all.</exception>
    internal static (PipelineDefinition Pipeline, YamlMap Settings) Load(
        string sqlFolder, string configPath, Action<LoyaltyException>? hear)
    {
        var catalog = ReadCatalog(sqlFolder);
        var (config, settings) = PipelineConfigReader.Read(configPath, catalog, hear);
        // What checks there are is known by those alone who make them, and depends on the configuration too.
        foreach (var unknown in CheckList.FindUnknown(catalog, config))
        {
            if (hear is null)
                throw unknown;
            hear(unknown);
        }

        return (Define(sqlFolder, catalog, config, configPath), settings);
    }

    private static LoyaltyCatalog ReadCatalog(string sqlFolder) => CatalogReader.Read(CatalogOf(sqlFolder));

    private static string CatalogOf(string sqlFolder) => Path.Combine(sqlFolder, "catalog.yml");

    private static PipelineDefinition Define(string sqlFolder, LoyaltyCatalog catalog, PipelineConfig config, string? configPath) => new()
    {
        // The other engine masks the columns themselves.
        Catalog = MaskedViews.Define(catalog, config.ReaderRedaction, DuckDbDialect.Instance),
        CatalogPath = CatalogOf(sqlFolder),
        ConfigPath = configPath,
        Config = config,
        MasterScriptPath = Path.Combine(sqlFolder, "Master_Table.sql"),
        ModuleVersion = typeof(PipelineDefinition).Assembly.GetName().Version!.ToString(3),
    };
}
