using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LoyaltyPipeline.Core.Stores.S3;

namespace LoyaltyPipeline.Parameters;

/// <summary>
/// How an S3 server is reached: parameters of every cmdlet that reads or writes deliveries. What is not given is as the consumer's settings
/// say.
/// </summary>
public sealed class S3Parameters
{
    /// <summary>The S3 server, such as http://127.0.0.1:9000; without it AWS. User name and password have no place in it.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? EndpointUrl { get; set; }

    /// <summary>The region of the bucket.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>
    /// A profile of the AWS configuration files; without it the keys come from where the AWS SDK looks for them: environment, default
    /// profile, role.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Profile { get; set; }

    /// <summary>
    /// Whether the bucket stands in the path of addresses, not in the host name; by default it does where -EndpointUrl is given.
    /// </summary>
    [Parameter]
    public bool? PathStyle { get; set; }

    /// <summary>WhenRequired sends no checksums but those the server demands, for older servers.</summary>
    [Parameter]
    [NamesTransformation]
    public ChecksumMode? ChecksumMode { get; set; }

    /// <summary>How the server encrypts: S3 with its own keys, Kms with those of a key service.</summary>
    [Parameter]
    [NamesTransformation]
    public ServerSideEncryption? Encryption { get; set; }

    /// <summary>The key for -Encryption Kms; without it the account's default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KmsKeyId { get; set; }

    /// <summary>Tags of every object, such as @{ team = 'marketing' }.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>Settings with what was given on the command line.</summary>
    /// <param name="settings">Those of the consumer.</param>
    /// <returns>The settings.</returns>
    internal S3Settings Over(S3Settings settings) => settings with
    {
        EndpointUrl = EndpointUrl ?? settings.EndpointUrl,
        Region = Region ?? settings.Region,
        Profile = Profile ?? settings.Profile,
        PathStyle = PathStyle ?? settings.PathStyle,
        Checksums = ChecksumMode ?? settings.Checksums,
        Encryption = Encryption ?? settings.Encryption,
        KmsKeyId = KmsKeyId ?? settings.KmsKeyId,
        Tags = Tag is null ? settings.Tags : Tag.Keys.Cast<object>().ToDictionary(TextOf, key => TextOf(Tag[key]), StringComparer.Ordinal),
    };

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
