using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Delivery.Manifests;

/// <summary>The settings of the consumer that shaped a delivery.</summary>
public sealed record ManifestSettings
{
    /// <summary>The format.</summary>
    public required FileFormat Format { get; init; }

    /// <summary>The compression.</summary>
    public required FileCompression Compression { get; init; }

    /// <summary>What stands for NULL in CSV without quotes; null for other formats.</summary>
    public required string? NullToken { get; init; }

    /// <summary>Whether an apostrophe was put before texts in CSV that a spreadsheet would run.</summary>
    public required bool NeutralizeFormulas { get; init; }

    /// <summary>Whether only users were sent who agreed.</summary>
    public required bool RequireConsent { get; init; }

    /// <summary>Whether only users were sent whose account is active.</summary>
    public required bool RequireActiveAccount { get; init; }

    /// <summary>Largest share by which the audience may change.</summary>
    public required decimal AudienceChange { get; init; }

    /// <summary>Whether hashes are salted.</summary>
    public required bool Salted { get; init; }

    /// <summary>Whose rules hashes follow; null for those of this module, and where nothing is hashed by SHA-256.</summary>
    public HashingRules? Hashing { get; init; }

    /// <summary>
    /// The country of telephone numbers that do not say theirs; null where there was none, and where no numbers were read.
    /// </summary>
    public string? DefaultRegion { get; init; }
}
