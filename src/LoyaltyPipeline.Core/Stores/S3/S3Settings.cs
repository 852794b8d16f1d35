using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Stores.S3;

/// <summary>
/// How an S3 server is reached. Keys are never among the settings: they come from a profile or from where the AWS SDK looks for them.
/// </summary>
public sealed record S3Settings
{
    private const string SecretInside = "The address of the S3 server has a user name or a password in it.";
    private const string SecretRemedy =
        "Give the address without them; keys come from a profile, named with -Profile, or from where the AWS SDK looks for them.";

    /// <summary>The server; null for AWS.</summary>
    /// <exception cref="LoyaltyException"><c>DestinationInvalid</c>: there is a password in it, which would go into logs and the list of
    /// processes.</exception>
    public Uri? EndpointUrl
    {
        get;
        init => field = value is { IsAbsoluteUri: true, UserInfo.Length: > 0 }
            ? throw LoyaltyErrors.DestinationInvalid.Because(SecretInside, remedy: SecretRemedy)
            : value;
    }

    /// <summary>The region; null for that of the profile or the environment.</summary>
    public string? Region { get; init; }

    /// <summary>A profile of the AWS configuration files; null for the SDK's credential chain.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether the bucket stands in the path, not in the host name; null for yes where an endpoint is given.</summary>
    public bool? PathStyle { get; init; }

    /// <summary>When checksums are sent.</summary>
    public ChecksumMode Checksums { get; init; }

    /// <summary>How the server encrypts.</summary>
    public ServerSideEncryption Encryption { get; init; }

    /// <summary>The key for <see cref="ServerSideEncryption.Kms"/>; null for the account's default.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>Tags of every object.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether encryption is asked for, which only S3 can do.</summary>
    public bool WantsEncryption => Encryption != ServerSideEncryption.BucketDefault || KmsKeyId is not null;

    /// <summary>From which size on a file goes in parts, and the size of these.</summary>
    internal int PartBytes { get; init; } = 16 << 20;

    /// <summary>Where profiles are looked for; null for where the SDK does.</summary>
    internal string? ProfilesFile { get; init; }
}
