using System.Diagnostics;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.S3Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>The proxy passes everything on unchanged, and breaks what it is told to.</summary>
[Trait("Group", "TestSupport")]
public sealed class FaultProxyTests : IClassFixture<S3Fixture>, IAsyncDisposable
{
    private readonly S3Fixture _fixture;
    private readonly FaultProxy _proxy;
    private readonly AmazonS3Client _client;

    public FaultProxyTests(S3Fixture fixture)
    {
        _fixture = fixture;
        _proxy = new FaultProxy(fixture.Server.Endpoint);
        _client = fixture.CreatePlainClient(_proxy.Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200_000)]
    [InlineData(20_000_000)]
    public async Task What_is_written_through_it_is_read_through_it(int size)
    {
        var bytes = Bytes(size);
        await _client.PutObjectAsync(Put($"whole-{size}", bytes), TestWarehouse.Token);

        Assert.Equal(bytes, await ReadAsync(_client, $"whole-{size}"));
        Assert.Equal(0, _proxy.FaultCount);
    }

    [Fact]
    public async Task An_upload_in_parts_goes_through_it()
    {
        var bytes = Bytes(22_000_000);
        using (var transfer = new TransferUtility(
            _client, new TransferUtilityConfig { MinSizeBeforePartUpload = 5 << 20, ConcurrentServiceRequests = 4 }))
        {
            await transfer.UploadAsync(
                new TransferUtilityUploadRequest
                {
                    BucketName = _fixture.Bucket,
                    Key = "parts",
                    InputStream = new MemoryStream(bytes),
                    PartSize = 5 << 20,
                },
                TestWarehouse.Token);
        }

        Assert.Equal(bytes, await ReadAsync(_client, "parts"));
        Assert.Equal(5, _proxy.Requests.Count(request => request.Query.Contains("partNumber=", StringComparison.Ordinal)));
        Assert.Contains(
            _proxy.Requests,
            request => request.Headers.TryGetValue("x-amz-content-sha256", out var sum)
                && sum.StartsWith("STREAMING-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_faults_many_clients_at_once_meet_none()
    {
        await Parallel.ForAsync(0, 50, TestWarehouse.Token, async (number, token) =>
        {
            await _client.PutObjectAsync(Put($"many-{number}", Bytes(number * 400)), token);
            Assert.Equal(Bytes(number * 400), await ReadAsync(_client, $"many-{number}"));
        });
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task A_refusal_that_comes_before_the_body_is_passed_on(int size)
    {
        using var stranger = new AmazonS3Client(
            new BasicAWSCredentials(_fixture.Server.AccessKey, "wrong"), (AmazonS3Config)_client.Config);

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => stranger.PutObjectAsync(Put("refused", Bytes(size)), TestWarehouse.Token));

        Assert.Equal((HttpStatusCode.Forbidden, "SignatureDoesNotMatch"), (error.StatusCode, error.ErrorCode));
    }

    [Theory]
    [InlineData(FaultKind.ResetBeforeRequest, false)]
    [InlineData(FaultKind.ResetInRequestBody, false)]
    [InlineData(FaultKind.ResetBeforeResponse, false)]
    [InlineData(FaultKind.ResetInResponseBody, true)]
    [InlineData(FaultKind.LostAnswer, true)]
    public async Task A_broken_connection_breaks_a_write_which_may_be_done(FaultKind kind, bool done)
    {
        var key = $"broken-{kind}";
        _proxy.Plan = new FaultPlan(1, 1, [kind]);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => _client.PutObjectAsync(Put(key, Bytes(3_000_000)), TestWarehouse.Token));

        Assert.IsNotType<AmazonS3Exception>(error);
        Assert.Equal(1, _proxy.Count(kind));
        Assert.Equal(1, _proxy.FaultCount);
        Assert.Equal(done, await ExistsAsync(key));
    }

    [Theory]
    [InlineData(FaultKind.ResetInResponseBody)]
    [InlineData(FaultKind.TruncatedResponse)]
    public async Task A_response_that_breaks_off_breaks_a_read(FaultKind kind)
    {
        await _client.PutObjectAsync(Put("breaks-off", Bytes(3_000_000)), TestWarehouse.Token);
        _proxy.Plan = new FaultPlan(1, 1, [kind]);

        await Assert.ThrowsAnyAsync<IOException>(() => ReadAsync(_client, "breaks-off"));

        Assert.Equal(1, _proxy.Count(kind));
    }

    [Theory]
    [InlineData(FaultKind.InternalError, HttpStatusCode.InternalServerError, "InternalError")]
    [InlineData(FaultKind.SlowDown, HttpStatusCode.ServiceUnavailable, "SlowDown")]
    [InlineData(FaultKind.ExpiredToken, HttpStatusCode.BadRequest, "ExpiredToken")]
    public async Task An_error_is_answered_instead_of_the_server(FaultKind kind, HttpStatusCode status, string code)
    {
        _proxy.Plan = new FaultPlan(1, 1, [kind]);

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => _client.PutObjectAsync(Put(code, Bytes(3_000_000)), TestWarehouse.Token));

        Assert.Equal((status, code), (error.StatusCode, error.ErrorCode));
        Assert.Equal(1, _proxy.Count(kind));
        Assert.False(await ExistsAsync(code));
    }

    [Fact]
    public async Task A_delay_delays_and_nothing_else()
    {
        _proxy.Plan = new FaultPlan(1, 1, [FaultKind.Delay]);
        var clock = Stopwatch.StartNew();

        await _client.PutObjectAsync(Put("late", Bytes(10)), TestWarehouse.Token);

        Assert.InRange(clock.Elapsed.TotalMilliseconds, 50, 30_000);
        Assert.Equal(1, _proxy.Count(FaultKind.Delay));
    }

    [Fact]
    public async Task A_rule_breaks_what_it_names_and_one_answer_can_be_given_to_everything()
    {
        _proxy.Rule = request => request is { Method: "PUT", Path: var path } && path.EndsWith("/named", StringComparison.Ordinal)
            ? new Fault(FaultKind.SlowDown)
            : null;
        await _client.PutObjectAsync(Put("unnamed", Bytes(10)), TestWarehouse.Token);
        var named = await Assert.ThrowsAsync<AmazonS3Exception>(() => _client.PutObjectAsync(Put("named", Bytes(10)), TestWarehouse.Token));

        _proxy.AnswerAll = S3Error.RequestTimeTooSkewed;
        var any = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _fixture.Bucket }, TestWarehouse.Token));

        Assert.Equal("SlowDown", named.ErrorCode);
        Assert.Equal((HttpStatusCode.Forbidden, "RequestTimeTooSkewed"), (any.StatusCode, any.ErrorCode));
    }

    [Fact]
    public async Task Where_it_hangs_only_the_client_can_end_the_wait()
    {
        _proxy.Hang = true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestWarehouse.Token);
        patience.CancelAfter(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.PutObjectAsync(Put("hangs", Bytes(10)), patience.Token));

        Assert.Equal(1, _proxy.Count(FaultKind.Hang));
    }

    [Fact]
    public async Task The_same_seed_brings_the_same_faults()
    {
        var first = await DrawAsync(7);

        Assert.Equal(first, await DrawAsync(7));
        Assert.NotEqual(first, await DrawAsync(8));
        Assert.Contains(true, first);
        Assert.Contains(false, first);

        async Task<List<bool>> DrawAsync(int seed)
        {
            _proxy.Plan = new FaultPlan(seed, 0.5, [FaultKind.SlowDown]);
            var draw = new List<bool>();
            for (var number = 0; number < 30; number++)
            {
                var before = _proxy.FaultCount;
                await ExistsAsync("anything", _client);
                draw.Add(_proxy.FaultCount > before);
            }

            return draw;
        }
    }

    [Fact]
    public async Task A_client_that_tries_again_gets_through_all_faults()
    {
        using var patient = _fixture.Server.CreateClient(
            new AmazonS3Config { MaxErrorRetry = 20, ThrottleRetries = false, Timeout = TimeSpan.FromSeconds(30) }, _proxy.Endpoint);
        _proxy.Plan = FaultPlan.All(3, 0.3) with { Kinds = [.. FaultPlan.AllKinds.Except([FaultKind.ExpiredToken])] };

        for (var number = 0; number < 15; number++)
            await patient.PutObjectAsync(Put($"again-{number}", Bytes(100_000)), TestWarehouse.Token);

        Assert.True(_proxy.FaultCount > 0);
        using var direct = _fixture.CreatePlainClient();
        for (var number = 0; number < 15; number++)
            Assert.Equal(Bytes(100_000), await ReadAsync(direct, $"again-{number}"));
    }

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        for (var index = 0; index < size; index++)
            bytes[index] = (byte)((index * 31) + (index >> 10));
        return bytes;
    }

    private PutObjectRequest Put(string key, byte[] bytes) =>
        new() { BucketName = _fixture.Bucket, Key = key, InputStream = new MemoryStream(bytes) };

    private async Task<byte[]> ReadAsync(AmazonS3Client client, string key)
    {
        using var response = await client.GetObjectAsync(_fixture.Bucket, key, TestWarehouse.Token);
        using var bytes = new MemoryStream();
        await response.ResponseStream.CopyToAsync(bytes, TestWarehouse.Token);
        return bytes.ToArray();
    }

    private async Task<bool> ExistsAsync(string key, AmazonS3Client? through = null)
    {
        using var direct = _fixture.CreatePlainClient();
        try
        {
            await (through ?? direct).GetObjectMetadataAsync(_fixture.Bucket, key, TestWarehouse.Token);
            return true;
        }
        catch (AmazonS3Exception error) when (error.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }
    }
}
