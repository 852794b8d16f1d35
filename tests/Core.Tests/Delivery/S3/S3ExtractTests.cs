using System.Security.Cryptography;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Extracts;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Extracts;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.S3Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>Extracts to a real S3 server.</summary>
public sealed class S3ExtractTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task An_extract_lies_there_and_replaces_the_one_before()
    {
        using var destination = new S3Destination(fixture);
        await using var scene = await ExtractTests.SceneAsync();
        await WriteAsync(scene, destination, destination.Settings());
        await scene.MergeAsync(daysLater: 1);

        var result = await WriteAsync(scene, destination, destination.Settings());

        Assert.Equal(
            (8L, $"{destination.Location}/SEGMENT_TREND.parquet", $"{destination.Location}/SEGMENT_TREND.json"),
            (result.Rows, result.Path, result.Description));
        Assert.Equal(["SEGMENT_TREND.json", "SEGMENT_TREND.parquet"], await KeysAsync(destination));
        var file = Path.Combine(scene.Test.Folder, "back.parquet");
        Assert.True(await destination.Store.DownloadAsync("SEGMENT_TREND.parquet", file, TestWarehouse.Token));
        Assert.Equal(result.Sha256, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, TestWarehouse.Token))));
        Assert.Equal(
            await scene.Test.RowsAsync("SELECT * FROM LOYALTY.SEGMENT_TREND ORDER BY ALL"),
            await scene.Test.RowsAsync($"SELECT * FROM read_parquet('{file}') ORDER BY ALL"));
        Assert.Contains(
            result.Sha256!, (await destination.Store.ReadAsync("SEGMENT_TREND.json", TestWarehouse.Token))!.Content,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_leave_to_write_nothing_is_changed_and_the_reason_is_said()
    {
        using var destination = new S3Destination(fixture);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint)
        {
            Rule = request => request.Method == "PUT" ? Fault.Answer(S3Error.AccessDenied) : null,
        };
        await using var scene = await ExtractTests.SceneAsync();

        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            () => WriteAsync(scene, destination, destination.Settings(proxy.Endpoint)));

        Assert.Equal("DestinationDenied", failure.ErrorId);
        Assert.Empty(await KeysAsync(destination));
    }

    private static Task<ExtractResult> WriteAsync(MergeScene scene, S3Destination destination, S3Settings settings)
    {
        var file = ExtractFile.Of(null, null);
        return ExtractWriter.WriteAsync(
            scene.Test.Warehouse, scene.Test.Pipeline,
            new ExtractOptions(
                ExtractView.Find(scene.Test.Pipeline.Catalog, "SEGMENT_TREND"), destination.Location, FileName: null, file.Format,
                file.Compression, settings), TestWarehouse.Token);
    }

    private static async Task<List<string>> KeysAsync(S3Destination destination)
    {
        var keys = new List<string>();
        await foreach (var entry in destination.Store.ListAsync(string.Empty, TestWarehouse.Token))
            keys.Add(entry.Key);
        return keys;
    }
}
