namespace LoyaltyPipeline.Core.Catalog;

/// <summary>Where a table comes from.</summary>
public enum TableKind
{
    /// <summary>A departmental data warehouse delivers it.</summary>
    Source,

    /// <summary>The pipeline writes it.</summary>
    Warehouse,

    /// <summary>A query over the pipeline's tables, for readers.</summary>
    View,
}
