using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Delivery.Manifests;

/// <summary>A column of a delivery.</summary>
public sealed record ManifestColumn
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type: BIGINT, INTEGER, DECIMAL(p,s), VARCHAR, BOOLEAN, DATE, or TIMESTAMP in UTC.</summary>
    public required string Type { get; init; }

    /// <summary>What became of its values on the way out.</summary>
    public required RedactionMethod Redaction { get; init; }

    /// <summary>What it holds.</summary>
    public required string Description { get; init; }
}
