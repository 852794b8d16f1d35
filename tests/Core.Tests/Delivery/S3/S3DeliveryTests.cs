using Amazon.S3;
using Amazon.S3.Model;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Verification;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>Deliveries to a real S3 server, where nothing goes wrong.</summary>
public sealed class S3DeliveryTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Theory]
    [InlineData(FileFormat.Csv, FileCompression.None)]
    [InlineData(FileFormat.Csv, FileCompression.Gzip)]
    [InlineData(FileFormat.JsonLines, FileCompression.Zstd)]
    [InlineData(FileFormat.Parquet, FileCompression.Zstd)]
    public async Task A_delivery_lies_there_as_its_manifest_says(FileFormat format, FileCompression compression)
    {
        using var destination = new S3Destination(fixture);
        await using var warehouse = await AudienceWarehouse.CreateAsync(60_000, noteBytes: 300);
        var consumer = destination.Consumer(destination.Settings()) with { Format = format, Compression = compression };

        var full = await warehouse.DeliverAsync(consumer, partBytes: 8 << 20);
        await warehouse.ChangeAsync(1);
        var diff = await warehouse.DeliverAsync(consumer, DeliveryMode.Diff);

        Assert.Equal((DeliveryOutcome.Published, 60_000), (full.Outcome, full.Rows));
        // What the engine compresses itself is smaller than a part.
        Assert.Equal(compression == FileCompression.Zstd, full.Files.Count == 1);
        Assert.Equal(
            (DeliveryOutcome.Published, 6_000, 6_000, full.DeliveryId), (diff.Outcome, diff.Rows, diff.Changed, diff.BaseDeliveryId));
        await VerifyAsync(full.Manifest, destination.Settings());
        await VerifyAsync($"{destination.Location}/Marketing/HighlyEngaged", destination.Settings());
        Assert.Equal(0, await fixture.Server.CountOpenUploadsAsync(destination.Bucket));
    }

    [Fact]
    public async Task Objects_are_encrypted_and_tagged_as_told()
    {
        using var destination = new S3Destination(fixture);
        await using var warehouse = await AudienceWarehouse.CreateAsync(30_000, noteBytes: 400);
        var settings = destination.Settings() with
        {
            Encryption = ServerSideEncryption.Kms,
            KmsKeyId = "testkey-1",
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "marketing", ["kind"] = "segment" },
            Checksums = ChecksumMode.WhenRequired,
        };

        var result = await warehouse.DeliverAsync(destination.Consumer(settings) with { Compression = FileCompression.None });

        Assert.True(result.Files[0].Bytes > settings.PartBytes);
        await VerifyAsync(result.Manifest, destination.Settings());
        using var client = fixture.Server.CreateClient();
        await foreach (var entry in destination.Store.ListAsync(string.Empty, TestWarehouse.Token))
        {
            var key = $"{destination.Prefix}/{entry.Key}";
            var facts = await client.GetObjectMetadataAsync(destination.Bucket, key, TestWarehouse.Token);
            var tags = await client.GetObjectTaggingAsync(
                new GetObjectTaggingRequest { BucketName = destination.Bucket, Key = key }, TestWarehouse.Token);
            Assert.Equal(ServerSideEncryptionMethod.AWSKMS, facts.ServerSideEncryptionMethod);
            Assert.Equal(
                ["kind=segment", "team=marketing"], tags.Tagging.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Of_two_deliveries_at_once_one_wins_and_the_other_says_so()
    {
        using var destination = new S3Destination(fixture);
        var consumer = destination.Consumer(destination.Settings());
        var warehouses = new List<AudienceWarehouse>();
        for (var number = 0; number < 2; number++)
        {
            warehouses.Add(await AudienceWarehouse.CreateAsync(2_000));
            await warehouses[number].ChangeAsync(number);
        }

        var outcomes = await Task.WhenAll(warehouses.Select(warehouse => Task.Run(() => FailureOfAsync(warehouse.DeliverAsync(consumer)))));

        // They may also have come one after the other.
        Assert.Contains(null, outcomes);
        Assert.All(
            outcomes.OfType<Exception>(), outcome => Assert.Equal("DeliveryConflict", Assert.IsType<LoyaltyException>(outcome).ErrorId));
        await VerifyAsync($"{destination.Location}/Marketing/HighlyEngaged/latest.json", destination.Settings());
        await OnlyWholeDeliveriesAsync(destination);
        foreach (var warehouse in warehouses)
            await warehouse.DisposeAsync();
    }

    [Fact]
    public async Task A_latest_json_that_somebody_else_moved_meanwhile_is_not_overwritten()
    {
        using var destination = new S3Destination(fixture);
        await using var proxy = new S3Support.FaultProxy(fixture.Server.Endpoint);
        await using var mine = await AudienceWarehouse.CreateAsync(1_000);
        await using var theirs = await AudienceWarehouse.CreateAsync(1_000);
        await theirs.ChangeAsync(3);
        var consumer = destination.Consumer(destination.Settings());
        DeliveryResult? winner = null;
        proxy.Rule = request =>
        {
            // The moment before the manifest is written: latest.json has been read, and found as it was.
            if (request.Method == "PUT" && request.Path.EndsWith("manifest.json", StringComparison.Ordinal))
                winner ??= theirs.DeliverAsync(consumer).GetAwaiter().GetResult();
            return null;
        };

        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            () => mine.DeliverAsync(destination.Consumer(destination.Settings(proxy.Endpoint))));

        Assert.Equal("DeliveryConflict", failure.ErrorId);
        var latest = await destination.Store.ReadAsync("Marketing/HighlyEngaged/latest.json", TestWarehouse.Token);
        Assert.Contains(winner!.DeliveryId, latest!.Content, StringComparison.Ordinal);
        await OnlyWholeDeliveriesAsync(destination);
        Assert.Equal(["Failed"], await mine.Test.RowsAsync("SELECT STATUS FROM LOYALTY.DELIVERY"));
        Assert.Equal(["0"], await mine.Test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.DELIVERED_MEMBER"));
    }

    private static async Task<Exception?> FailureOfAsync(Task delivery)
    {
        try
        {
            await delivery;
            return null;
        }
        catch (LoyaltyException failure)
        {
            return failure;
        }
    }

    internal static async Task VerifyAsync(string location, S3Settings settings)
    {
        var checks = new List<DeliveryCheck>();
        await foreach (var check in DeliveryVerifier.VerifyAsync(location, settings, new RecordingReporter(), TestWarehouse.Token))
            checks.Add(check);
        Assert.NotEmpty(checks);
        Assert.All(checks, check => Assert.True(check.Passed, check.ToString()));
    }

    /// <summary>Every folder of a delivery has a manifest.</summary>
    internal static async Task OnlyWholeDeliveriesAsync(S3Destination destination)
    {
        var keys = new List<string>();
        await foreach (var entry in destination.Store.ListAsync(string.Empty, TestWarehouse.Token))
            keys.Add(entry.Key);
        var folders = keys.Where(key => key.Contains("run_date=", StringComparison.Ordinal)).Select(key => key[..key.LastIndexOf('/')])
            .Distinct(StringComparer.Ordinal);
        Assert.All(folders, folder => Assert.Contains($"{folder}/manifest.json", keys));
    }
}
