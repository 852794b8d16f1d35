using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.S3;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Stores.S3;

/// <summary>Makes S3 clients.</summary>
internal static class S3Clients
{
    // The SDK waits between attempts, longer each time, with jitter.
    private const int Retries = 5;

    private const string DefaultRegion = "us-east-1";

    /// <summary>A client for the work.</summary>
    /// <exception cref="LoyaltyException"><c>DestinationInvalid</c>, <c>DestinationCredentialsMissing</c>.</exception>
    public static AmazonS3Client Create(S3Settings settings) => Create(settings, TimeSpan.FromMinutes(2), Retries);

    /// <summary>A client that soon gives up, to find out whether the server is there.</summary>
    /// <exception cref="LoyaltyException"><c>DestinationInvalid</c>, <c>DestinationCredentialsMissing</c>.</exception>
    public static AmazonS3Client CreateImpatient(S3Settings settings) => Create(settings, TimeSpan.FromSeconds(3), retries: 1);

    private static AmazonS3Client Create(S3Settings settings, TimeSpan timeout, int retries)
    {
        var config = new AmazonS3Config
        {
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = retries,
            MaxStaleConnectionRetries = retries,
            Timeout = timeout,
            ForcePathStyle = settings.PathStyle ?? settings.EndpointUrl is not null,
            RequestChecksumCalculation = settings.Checksums == ChecksumMode.WhenRequired
                ? RequestChecksumCalculation.WHEN_REQUIRED
                : RequestChecksumCalculation.WHEN_SUPPORTED,
            ResponseChecksumValidation = settings.Checksums == ChecksumMode.WhenRequired
                ? ResponseChecksumValidation.WHEN_REQUIRED
                : ResponseChecksumValidation.WHEN_SUPPORTED,
        };
        var profile = FindProfile(settings);
        var region = settings.Region
            ?? profile?.Region?.SystemName ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName ?? DefaultRegion;
        if (settings.EndpointUrl is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            config.ServiceURL = settings.EndpointUrl.AbsoluteUri;
            config.AuthenticationRegion = region;
        }

        return profile is null
            ? new AmazonS3Client(config)
            : new AmazonS3Client(
                AWSCredentialsFactory.GetAWSCredentials(profile, new CredentialProfileStoreChain(settings.ProfilesFile)), config);
    }

    private static CredentialProfile? FindProfile(S3Settings settings)
    {
        if (settings.Profile is null)
            return null;
        return new CredentialProfileStoreChain(settings.ProfilesFile).TryGetProfile(settings.Profile, out var profile)
            ? profile
            : throw LoyaltyErrors.DestinationCredentialsMissing.Because($"There is no AWS profile {settings.Profile}.", settings.Profile);
    }
}
