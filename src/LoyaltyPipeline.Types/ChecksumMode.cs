namespace LoyaltyPipeline;

/// <summary>When the S3 client sends checksums and expects them.</summary>
public enum ChecksumMode
{
    /// <summary>Wherever the protocol knows one.</summary>
    WhenSupported,

    /// <summary>Only where the server demands one; older servers know no others.</summary>
    WhenRequired,
}
