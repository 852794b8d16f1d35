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
}
