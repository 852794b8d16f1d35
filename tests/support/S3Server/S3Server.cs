using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace LoyaltyPipeline.S3Support;

/// <summary>
/// A real S3 server for the tests of this process: one that the environment names, or one that is started on loopback and ends with the
/// process.
/// </summary>
public sealed class S3Server
{
    private static readonly Lazy<Task<S3Server?>> Shared = new(StartAsync);
    private readonly ServerSettings _settings;

    private S3Server(ServerSettings settings) => _settings = settings;

    /// <summary>Why there is no server; null while none was asked for and where there is one.</summary>
    public static string? UnavailableReason { get; private set; }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint => _settings.Endpoint;

    /// <summary>Where it listens with TLS; null for a server named by the environment.</summary>
    public Uri? TlsEndpoint => _settings.TlsEndpoint;

    /// <summary>A file with the certificate, in PEM, that <see cref="TlsEndpoint"/> shows; null where there is none.</summary>
    public string? CaFile => _settings.CaFile;

    public string Region => _settings.Region;

    /// <summary>The access key of the user who owns what the tests make.</summary>
    public string AccessKey => _settings.AccessKey;

    /// <summary>The secret key of that user.</summary>
    public string SecretKey => _settings.SecretKey;

    /// <summary>
    /// The access key of a user who owns nothing and may see nothing; null for a server named by the environment without one.
    /// </summary>
    public string? OtherAccessKey => _settings.OtherAccessKey;

    /// <summary>The secret key of that user.</summary>
    public string? OtherSecretKey => _settings.OtherSecretKey;

    /// <summary>
    /// The server of this process; the first call starts it, which takes some seconds, and a minute where it must be installed.
    /// </summary>
    /// <returns>The server; null where none can be had, for <see cref="UnavailableReason"/>.</returns>
    public static Task<S3Server?> TryStartAsync() => Shared.Value;

    /// <summary>A client of the owner.</summary>
    /// <param name="endpoint">Where it goes, such as to a proxy; null for the server itself.</param>
    /// <returns>The client. The caller disposes of it.</returns>
    public AmazonS3Client CreateClient(Uri? endpoint = null) => CreateClient(new AmazonS3Config(), endpoint);

    /// <summary>A client of the owner.</summary>
    /// <param name="config">How it behaves; its address and region are set here.</param>
    /// <param name="endpoint">Where it goes, such as to a proxy; null for the server itself.</param>
    /// <returns>The client. The caller disposes of it.</returns>
    public AmazonS3Client CreateClient(AmazonS3Config config, Uri? endpoint = null)
    {
        config.ServiceURL = (endpoint ?? Endpoint).ToString();
        config.AuthenticationRegion = Region;
        config.ForcePathStyle = true;
        return new AmazonS3Client(new BasicAWSCredentials(AccessKey, SecretKey), config);
    }

    /// <summary>Makes a bucket that nobody else uses.</summary>
    public async Task<string> CreateBucketAsync()
    {
        using var client = CreateClient();
        var name = $"loyalty-{Guid.NewGuid():N}";
        await client.PutBucketAsync(name);
        return name;
    }

    /// <summary>
    /// Counts multipart uploads that were begun and neither completed nor aborted: what they hold costs money until they are.
    /// </summary>
    /// <param name="bucket">Where to look.</param>
    /// <returns>How many there are.</returns>
    public async Task<int> CountOpenUploadsAsync(string bucket)
    {
        using var client = CreateClient();
        var request = new ListMultipartUploadsRequest { BucketName = bucket };
        var count = 0;
        while (true)
        {
            var page = await client.ListMultipartUploadsAsync(request);
            count += page.MultipartUploads?.Count ?? 0;
            if (page.IsTruncated != true)
                return count;
            request.KeyMarker = page.NextKeyMarker;
            request.UploadIdMarker = page.NextUploadIdMarker;
        }
    }

    private static async Task<S3Server?> StartAsync()
    {
        try
        {
            return new S3Server(ServerSettings.FromEnvironment() ?? await LocalServer.StartAsync());
        }
        catch (ServerUnavailableException reason)
        {
            UnavailableReason = reason.Message;
            return null;
        }
    }
}
