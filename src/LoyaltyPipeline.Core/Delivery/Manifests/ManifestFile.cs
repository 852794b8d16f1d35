namespace LoyaltyPipeline.Core.Delivery.Manifests;

/// <summary>A file of a delivery.</summary>
public sealed record ManifestFile
{
    /// <summary>Its name, in the folder of the manifest.</summary>
    public required string Name { get; init; }

    /// <summary>Its rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>Hash of its bytes, hexadecimal in lower case.</summary>
    public required string Sha256 { get; init; }
}
