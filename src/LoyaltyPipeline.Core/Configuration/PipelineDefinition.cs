using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Configuration;

/// <summary>What a pipeline is made of: the catalog, the business logic and the settings.</summary>
public sealed record PipelineDefinition
{
    /// <summary>The tables and columns.</summary>
    public required LoyaltyCatalog Catalog { get; init; }

    /// <summary>The settings.</summary>
    public required PipelineConfig Config { get; init; }

    /// <summary>The file of the catalog; null where it was read from none.</summary>
    public string? CatalogPath { get; init; }

    /// <summary>The file of the settings; null where they are the default ones.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>The file with the SELECT that yields Master.</summary>
    public required string MasterScriptPath { get; init; }

    /// <summary>Version of the module, kept in the run log.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>Loads a pipeline.</summary>
    /// <param name="sqlFolder">The folder with <c>catalog.yml</c> and <c>Master_Table.sql</c>.</param>
    /// <param name="configPath">The configuration; null for the default settings.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>CatalogInvalid</c>, <c>ConfigInvalid</c>.</exception>
    public static PipelineDefinition Load(string sqlFolder, string? configPath)
    {
        var path = Path.Combine(sqlFolder, "catalog.yml");
        var catalog = CatalogReader.Read(path);
        return new PipelineDefinition
        {
            Catalog = catalog,
            CatalogPath = path,
            ConfigPath = configPath,
            Config = configPath is null ? PipelineConfig.Default : PipelineConfigReader.Read(configPath, catalog),
            MasterScriptPath = Path.Combine(sqlFolder, "Master_Table.sql"),
            ModuleVersion = typeof(PipelineDefinition).Assembly.GetName().Version!.ToString(3),
        };
    }
}
