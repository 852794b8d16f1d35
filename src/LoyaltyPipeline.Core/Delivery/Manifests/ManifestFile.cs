using System.Text.Json.Serialization;

namespace LoyaltyPipeline.Core.Delivery.Manifests;

/// <summary>A file of a delivery.</summary>
public sealed class ManifestFile
{
    /// <summary>Its name, in the folder of the manifest.</summary>
    [JsonInclude]
    [JsonRequired]
    public string Name { get; internal init; } = string.Empty;

    /// <summary>Its rows.</summary>
    [JsonInclude]
    [JsonRequired]
    public long Rows { get; internal init; }

    /// <summary>Its size.</summary>
    [JsonInclude]
    [JsonRequired]
    public long Bytes { get; internal init; }

    /// <summary>Hash of its bytes, hexadecimal in lower case.</summary>
    [JsonInclude]
    [JsonRequired]
    public string Sha256 { get; internal init; } = string.Empty;

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
