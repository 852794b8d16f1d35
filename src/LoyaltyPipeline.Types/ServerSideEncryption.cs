namespace LoyaltyPipeline;

/// <summary>How the S3 server encrypts what it stores.</summary>
public enum ServerSideEncryption
{
    /// <summary>As the bucket is set up.</summary>
    BucketDefault,

    /// <summary>With keys of the server: SSE-S3.</summary>
    S3,

    /// <summary>With a key of a key service: SSE-KMS.</summary>
    Kms,
}
