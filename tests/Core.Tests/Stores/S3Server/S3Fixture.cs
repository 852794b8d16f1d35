using Amazon.S3;
using LoyaltyPipeline.S3Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>A bucket on the S3 server of this process, for the tests of a class.</summary>
public sealed class S3Fixture : IAsyncLifetime
{
    private S3Server? _server;
    private string? _bucket;

    /// <summary>The server. Where there is none, the test is skipped.</summary>
    public S3Server Server
    {
        get
        {
            Assert.SkipWhen(_server is null, S3Server.UnavailableReason ?? "There is no S3 server.");
            return _server;
        }
    }

    public string Bucket => _bucket ?? throw new InvalidOperationException("There is no server to hold a bucket.");

    public async ValueTask InitializeAsync()
    {
        _server = await S3Server.TryStartAsync();
        if (_server is not null)
            _bucket = await _server.CreateBucketAsync();
    }

    /// <summary>
    /// A client that tries everything once. Broken connections have a count of retries of their own, which is not 0 by default.
    /// </summary>
    /// <param name="endpoint">Where it goes; null for the server itself.</param>
    public AmazonS3Client CreatePlainClient(Uri? endpoint = null) =>
        Server.CreateClient(
            new AmazonS3Config { MaxErrorRetry = 0, MaxStaleConnectionRetries = 0, Timeout = TimeSpan.FromSeconds(30) }, endpoint);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
