using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Stores.S3;

/// <summary>A bucket with a prefix.</summary>
internal sealed class S3Store : IObjectStore
{
    private const int RequestsPerFile = 4;
    private const int KeysPerDeletion = 1000;

    private readonly string _bucket;
    private readonly string _prefix;
    private readonly S3Settings _settings;
    private readonly S3Errors _errors;
    private readonly AmazonS3Client _client;
    private readonly TransferUtility _transfer;

    /// <summary>Makes the store; nothing is sent yet.</summary>
    /// <param name="location"><c>s3://bucket/prefix</c>.</param>
    /// <param name="settings">How the server is reached.</param>
    /// <exception cref="LoyaltyException"><c>DestinationInvalid</c>, <c>DestinationCredentialsMissing</c>.</exception>
    public S3Store(string location, S3Settings settings)
    {
        Location = location;
        _settings = settings;
        var path = location[DestinationText.S3Scheme.Length..].Split('/', 2);
        _bucket = path[0];
        if (_bucket.Length == 0)
            throw LoyaltyErrors.DestinationInvalid.Because($"'{location}' names no bucket.", location);
        if (settings.KmsKeyId is not null && settings.Encryption != ServerSideEncryption.Kms)
            throw LoyaltyErrors.DestinationInvalid.Because(
                $"A key for encryption is given for {location}, but not that it is to encrypt.", location,
                "Give -Encryption Kms with -KmsKeyId, or encryption: Kms with kms_key.");
        _prefix = path.Length > 1 && path[1].Length > 0 ? path[1] + '/' : string.Empty;
        _errors = new S3Errors(_bucket, settings.EndpointUrl?.GetLeftPart(UriPartial.Authority) ?? "AWS");
        _client = Create(S3Clients.Create);
        _transfer = new TransferUtility(
            _client,
            new TransferUtilityConfig { ConcurrentServiceRequests = RequestsPerFile, MinSizeBeforePartUpload = settings.PartBytes });
    }

    public string Location { get; }

    public string WorkRoot => Path.GetTempPath();

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var client = Create(S3Clients.CreateImpatient);
        await GuardAsync(
            () => client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix, MaxKeys = 1 }, cancellationToken), cancellationToken);
    }

    public Task<StoredText?> ReadAsync(string key, CancellationToken cancellationToken) => GuardAsync<StoredText?>(async () =>
    {
        try
        {
            using var response = await _client.GetObjectAsync(_bucket, _prefix + key, cancellationToken);
            using var reader = new StreamReader(response.ResponseStream);
            return new StoredText(await reader.ReadToEndAsync(cancellationToken), response.ETag);
        }
        catch (AmazonS3Exception exception) when (IsNoSuchKey(exception))
        {
            return null;
        }
    }, cancellationToken);

    public Task<bool> DownloadAsync(string key, string path, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        try
        {
            await _transfer.DownloadAsync(
                new TransferUtilityDownloadRequest { BucketName = _bucket, Key = _prefix + key, FilePath = path }, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception exception) when (IsNoSuchKey(exception))
        {
            return false;
        }
    }, cancellationToken);

    public Task UploadAsync(
        string key, string path, string contentType, Action<long> sent, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        // Large files go in parts at once; the SDK ends what it has begun when it fails or is cancelled.
        var request = new TransferUtilityUploadRequest
        {
            BucketName = _bucket,
            Key = _prefix + key,
            FilePath = path,
            ContentType = contentType,
            PartSize = _settings.PartBytes,
            TagSet = Tags(),
            ServerSideEncryptionMethod = Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = _settings.KmsKeyId,
        };
        request.UploadProgressEvent += (_, progress) => sent(progress.TransferredBytes);
        await _transfer.UploadAsync(request, cancellationToken);
        return true;
    }, cancellationToken);

    public Task<bool> TryWriteAsync(
        string key, string content, string? expectedVersion, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        try
        {
            await _client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = _bucket,
                    Key = _prefix + key,
                    ContentBody = content,
                    ContentType = "application/json",
                    IfMatch = expectedVersion,
                    IfNoneMatch = expectedVersion is null ? "*" : null,
                    TagSet = Tags(),
                    ServerSideEncryptionMethod = Encryption,
                    ServerSideEncryptionKeyManagementServiceKeyId = _settings.KmsKeyId,
                },
                cancellationToken);
            return true;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict
            || (expectedVersion is not null && IsNoSuchKey(exception)))
        {
            // The answer to an attempt that succeeded may have been lost; the next one then finds its own work.
            return (await ReadAsync(key, cancellationToken))?.Content == content;
        }
    }, cancellationToken);

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix + prefix };
        do
        {
            var page = await GuardAsync(() => _client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var entry in page.S3Objects ?? [])
                yield return new StoredObject(
                    entry.Key[_prefix.Length..], entry.Size ?? 0, (entry.LastModified ?? default).ToUniversalTime());
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    public async IAsyncEnumerable<UnfinishedUpload> ListUnfinishedAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = _bucket, Prefix = _prefix + prefix };
        for (var isLast = false; !isLast;)
        {
            var page = await GuardAsync(() => _client.ListMultipartUploadsAsync(request, cancellationToken), cancellationToken);
            foreach (var upload in page.MultipartUploads ?? [])
                yield return new UnfinishedUpload(
                    upload.Key[_prefix.Length..], upload.UploadId, (upload.Initiated ?? default).ToUniversalTime());
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
            isLast = page.IsTruncated != true;
        }
    }

    public async Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Chunk(KeysPerDeletion))
        {
            var request = new DeleteObjectsRequest
            {
                BucketName = _bucket,
                Objects = [.. chunk.Select(key => new KeyVersion { Key = _prefix + key })],
            };
            await GuardAsync(() => _client.DeleteObjectsAsync(request, cancellationToken), cancellationToken);
        }
    }

    public Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        try
        {
            await _client.AbortMultipartUploadAsync(_bucket, _prefix + upload.Key, upload.Id, cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            // Somebody else has ended it.
        }

        return true;
    }, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _transfer.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsNoSuchKey(AmazonS3Exception exception) =>
        exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket";

    private List<Tag> Tags() => [.. _settings.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    private ServerSideEncryptionMethod? Encryption => _settings.Encryption switch
    {
        ServerSideEncryption.S3 => ServerSideEncryptionMethod.AES256,
        ServerSideEncryption.Kms => ServerSideEncryptionMethod.AWSKMS,
        _ => null,
    };

    private AmazonS3Client Create(Func<S3Settings, AmazonS3Client> create)
    {
        try
        {
            return create(_settings);
        }
        catch (Exception exception) when (exception is Amazon.Runtime.AmazonClientException or ArgumentException)
        {
            throw _errors.Of(exception, CancellationToken.None);
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is not LoyaltyException)
        {
            throw _errors.Of(exception, cancellationToken);
        }
    }
}
