using Amazon.Runtime;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Stores.S3;

/// <summary>Turns what goes wrong with S3 into errors of the catalogue. Messages name bucket and server, never a key or a secret.</summary>
/// <param name="server">The server, as the user knows it.</param>
internal sealed class S3Errors(string bucket, string server)
{
    private static readonly Dictionary<string, ErrorDefinition> ByCode = new(StringComparer.Ordinal)
    {
        ["InvalidAccessKeyId"] = LoyaltyErrors.DestinationKeyUnknown,
        ["SignatureDoesNotMatch"] = LoyaltyErrors.DestinationSecretWrong,
        ["ExpiredToken"] = LoyaltyErrors.DestinationCredentialsExpired,
        ["ExpiredTokenException"] = LoyaltyErrors.DestinationCredentialsExpired,
        ["TokenRefreshRequired"] = LoyaltyErrors.DestinationCredentialsExpired,
        ["NoSuchBucket"] = LoyaltyErrors.DestinationBucketMissing,
        ["AccessDenied"] = LoyaltyErrors.DestinationDenied,
        ["RequestTimeTooSkewed"] = LoyaltyErrors.DestinationClockSkew,
        ["PermanentRedirect"] = LoyaltyErrors.DestinationRegionWrong,
        ["AuthorizationHeaderMalformed"] = LoyaltyErrors.DestinationRegionWrong,
        ["IllegalLocationConstraintException"] = LoyaltyErrors.DestinationRegionWrong,
    };

    /// <summary>The error for a failure.</summary>
    /// <param name="cancellationToken">That of the work: when the user gave up, that is what is said.</param>
    public Exception Of(Exception failure, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException("The transfer was cancelled.", failure, cancellationToken);
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AmazonServiceException { ErrorCode: { } code } && ByCode.TryGetValue(code, out var definition))
                return definition.Because($"{server} refuses the bucket {bucket}: {code}.", Target, cause: failure);
        }

        return failure switch
        {
            AmazonServiceException { ErrorCode.Length: > 0 } service => LoyaltyErrors.DestinationUnavailable.Because(
                $"{server} failed for the bucket {bucket}: {service.ErrorCode}, status {(int)service.StatusCode}.", Target, cause: failure),
            AmazonClientException client when IsAboutCredentials(client) => LoyaltyErrors.DestinationCredentialsMissing.Because(
                $"No keys were found for the bucket {bucket} on {server}.", Target, cause: failure),
            OperationCanceledException => LoyaltyErrors.DestinationUnavailable.Because(
                $"{server} does not answer (bucket {bucket}).", Target, cause: failure),
            _ => LoyaltyErrors.DestinationUnavailable.Because(
                $"{server} cannot be reached for the bucket {bucket}: {Innermost(failure).Message}", Target, cause: failure),
        };
    }

    private string Target => DestinationText.S3Scheme + bucket;

    private static bool IsAboutCredentials(AmazonClientException failure) =>
        failure.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase);

    private static Exception Innermost(Exception failure) => failure.GetBaseException();
}
