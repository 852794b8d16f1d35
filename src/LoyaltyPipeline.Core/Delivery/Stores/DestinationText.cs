namespace LoyaltyPipeline.Core.Delivery.Stores;

/// <summary>Destinations as users write them.</summary>
public static class DestinationText
{
    /// <summary>How a destination on S3 begins.</summary>
    public const string S3Scheme = "s3://";

    /// <summary>Whether a destination is on S3.</summary>
    /// <param name="destination">The destination.</param>
    /// <returns>Whether it is; else it is a folder.</returns>
    public static bool IsS3(string destination) => destination.StartsWith(S3Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The destination by its full name.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="folder">Where a relative folder begins.</param>
    /// <returns><c>s3://bucket/prefix</c> without a slash at its end, or the full path of a folder.</returns>
    public static string Resolve(string destination, string folder) => IsS3(destination) ? S3Scheme + destination[S3Scheme.Length..].TrimEnd('/') : Path.GetFullPath(destination, folder);
}
