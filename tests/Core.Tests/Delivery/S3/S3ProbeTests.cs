using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.S3Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>Whether a bucket can be written is found out by an object that is removed again.</summary>
public sealed class S3ProbeTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task A_bucket_that_can_be_written_is_left_as_it_was()
    {
        using var destination = new S3Destination(fixture);

        Assert.Null(await StoreProbe.TryAsync(destination.Store, TestWarehouse.Token));

        Assert.Empty(await destination.Store.ListAsync(string.Empty, TestWarehouse.Token).ToListAsync(TestWarehouse.Token));
    }

    [Fact]
    public async Task What_cannot_be_removed_is_told()
    {
        using var destination = new S3Destination(fixture);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint)
        {
            Rule = request => request.Method == "POST" ? Fault.Answer(S3Error.AccessDenied) : null,
        };
        await using var store = ObjectStores.Open(destination.Location, destination.Settings(proxy.Endpoint));

        Assert.Equal("DestinationDenied", (await StoreProbe.TryAsync(store, TestWarehouse.Token))?.ErrorId);

        var left = Assert.Single(await destination.Store.ListAsync(string.Empty, TestWarehouse.Token).ToListAsync(TestWarehouse.Token));
        Assert.StartsWith(StoreProbe.Prefix, left.Key, StringComparison.Ordinal);
    }

    // Reading would do where nothing is written yet.
    [Fact]
    public async Task A_bucket_that_may_only_be_read_is_refused()
    {
        using var destination = new S3Destination(fixture);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint)
        {
            Rule = request => request.Method == "PUT" ? Fault.Answer(S3Error.AccessDenied) : null,
        };
        await using var store = ObjectStores.Open(destination.Location, destination.Settings(proxy.Endpoint));

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => StoreProbe.TryAsync(store, TestWarehouse.Token));

        Assert.Equal("DestinationDenied", failure.ErrorId);
    }
}
