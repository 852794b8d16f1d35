namespace LoyaltyPipeline.Core.Delivery.Manifests;

/// <summary>What <c>latest.json</c> says: which delivery of a consumer's segment is the newest.</summary>
public sealed record LatestDelivery
{
    /// <summary>Identifies the delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>The day that was delivered.</summary>
    public required DateOnly RunDate { get; init; }

    /// <summary>What of the audience is in its files.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>Where its manifest is, from the folder of <c>latest.json</c>.</summary>
    public required string Manifest { get; init; }

    /// <summary>Hash of the manifest, hexadecimal in lower case.</summary>
    public required string ManifestSha256 { get; init; }
}
