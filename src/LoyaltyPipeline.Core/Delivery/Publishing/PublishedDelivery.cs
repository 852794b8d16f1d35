using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Hashing;

namespace LoyaltyPipeline.Core.Delivery.Publishing;

/// <summary>What consumers find: a delivery with its manifest.</summary>
/// <param name="Text">The text of the manifest.</param>
/// <param name="IsNew">Whether it was not there before.</param>
internal sealed record PublishedDelivery(DeliveryManifest Manifest, string Text, bool IsNew)
{
    public string ManifestSha256 { get; } = TextHash.Sha256(Text);
}
