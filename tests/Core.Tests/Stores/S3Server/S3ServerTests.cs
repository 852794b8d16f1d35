using System.Net;
using System.Security.Cryptography.X509Certificates;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>The server of the tests does what the tests of delivery ask of S3.</summary>
[Trait("Group", "TestSupport")]
public sealed class S3ServerTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task An_object_that_must_be_new_is_written_once()
    {
        using var client = fixture.CreatePlainClient();
        await client.PutObjectAsync(New(), TestWarehouse.Token);

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => client.PutObjectAsync(New(), TestWarehouse.Token));

        Assert.Equal((HttpStatusCode.PreconditionFailed, "PreconditionFailed"), (error.StatusCode, error.ErrorCode));

        PutObjectRequest New() => new() { BucketName = fixture.Bucket, Key = "new", ContentBody = "a", IfNoneMatch = "*" };
    }

    [Fact]
    public async Task An_object_that_must_be_unchanged_is_replaced_only_while_it_is()
    {
        using var client = fixture.CreatePlainClient();
        var first = await client.PutObjectAsync(Write("one", null), TestWarehouse.Token);
        await client.PutObjectAsync(Write("two", first.ETag), TestWarehouse.Token);

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => client.PutObjectAsync(Write("three", first.ETag), TestWarehouse.Token));

        Assert.Equal(HttpStatusCode.PreconditionFailed, error.StatusCode);
        using var read = await client.GetObjectAsync(fixture.Bucket, "changing", TestWarehouse.Token);
        using var reader = new StreamReader(read.ResponseStream);
        Assert.Equal("two", await reader.ReadToEndAsync(TestWarehouse.Token));

        PutObjectRequest Write(string text, string? match) =>
            new() { BucketName = fixture.Bucket, Key = "changing", ContentBody = text, IfMatch = match };
    }

    [Fact]
    public async Task An_upload_in_parts_that_must_be_new_is_completed_once()
    {
        using var client = fixture.CreatePlainClient();
        await CompleteAsync();

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(CompleteAsync);

        Assert.Equal(HttpStatusCode.PreconditionFailed, error.StatusCode);

        async Task CompleteAsync()
        {
            var upload = await client.InitiateMultipartUploadAsync(
                new InitiateMultipartUploadRequest { BucketName = fixture.Bucket, Key = "new-parts" }, TestWarehouse.Token);
            var part = await client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = fixture.Bucket,
                    Key = "new-parts",
                    UploadId = upload.UploadId,
                    PartNumber = 1,
                    InputStream = new MemoryStream([1, 2, 3]),
                }, TestWarehouse.Token);
            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = fixture.Bucket,
                    Key = "new-parts",
                    UploadId = upload.UploadId,
                    PartETags = [new PartETag(part)],
                    IfNoneMatch = "*",
                }, TestWarehouse.Token);
        }
    }

    [Theory]
    [InlineData("AES256", null)]
    [InlineData("aws:kms", "testkey-1")]
    public async Task An_object_is_encrypted_as_asked(string method, string? key)
    {
        using var client = fixture.CreatePlainClient();
        var name = $"encrypted-{key}";
        await client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = fixture.Bucket,
                Key = name,
                ContentBody = "secret",
                ServerSideEncryptionMethod = method,
                ServerSideEncryptionKeyManagementServiceKeyId = key,
            },
            TestWarehouse.Token);

        using var read = await client.GetObjectAsync(fixture.Bucket, name, TestWarehouse.Token);

        using var reader = new StreamReader(read.ResponseStream);
        Assert.Equal("secret", await reader.ReadToEndAsync(TestWarehouse.Token));
        Assert.Equal((method, key), (read.ServerSideEncryptionMethod.Value, read.ServerSideEncryptionKeyManagementServiceKeyId));
    }

    [Fact]
    public async Task The_other_user_may_do_nothing()
    {
        var server = fixture.Server;
        Assert.SkipWhen(server.OtherAccessKey is null, "The environment names one user only.");
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(server.OtherAccessKey, server.OtherSecretKey), (AmazonS3Config)server.CreateClient().Config);

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = fixture.Bucket }, TestWarehouse.Token));

        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (error.StatusCode, error.ErrorCode));
    }

    [Fact]
    public async Task With_TLS_it_is_trusted_by_whoever_trusts_its_file()
    {
        var server = fixture.Server;
        Assert.SkipWhen(server.TlsEndpoint is null, "The environment names no endpoint with TLS.");
        using var authority = X509CertificateLoader.LoadCertificateFromFile(server.CaFile!);
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } };
        using var client = new HttpClient(handler);

        using var response = await client.GetAsync(server.TlsEndpoint, TestWarehouse.Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Open_uploads_are_counted_until_they_end()
    {
        using var client = fixture.CreatePlainClient();
        var bucket = await fixture.Server.CreateBucketAsync();
        var uploads = new List<string>();
        for (var number = 0; number < 3; number++)
            uploads.Add((await client.InitiateMultipartUploadAsync(bucket, "open", TestWarehouse.Token)).UploadId);

        Assert.Equal(3, await fixture.Server.CountOpenUploadsAsync(bucket));
        await client.AbortMultipartUploadAsync(bucket, "open", uploads[0], TestWarehouse.Token);
        Assert.Equal(2, await fixture.Server.CountOpenUploadsAsync(bucket));
    }
}
