using LoyaltyPipeline.Core.Delivery.Clearing;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.S3Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>
/// Deliveries through a proxy that resets connections, delays, truncates, loses answers and answers with errors, at random. Whatever is
/// visible is whole, what reported success is the newest, and what failed has moved nothing.
/// </summary>
public sealed class S3FaultTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    private const int Chains = 4;
    private const string Feed = "Marketing/HighlyEngaged";

    private static readonly int DeliveriesPerChain = TestDepth.Of(fast: 11, full: 50);

    [Fact]
    public async Task Deliveries_in_bad_weather()
    {
        var seed = Random.Shared.Next();
        var faults = 0;

        // From a few drops to a storm in which hardly anything gets through; side by side, because most of the time is spent waiting for
        // another attempt.
        var tallies = await Task.WhenAll(Enumerable.Range(0, Chains).Select(chain => Task.Run(async () =>
        {
            await using var proxy = new FaultProxy(fixture.Server.Endpoint) { Plan = FaultPlan.All(seed + chain, 0.05 + (0.13 * chain)) };
            var tally = await DeliverChainAsync(proxy, seed + chain);
            Interlocked.Add(ref faults, proxy.FaultCount);
            return tally;
        })));

        TestContext.Current.SendDiagnosticMessage($"Seed {seed}: {string.Join(", ", tallies)}, {faults} faults");
        Assert.Equal(Chains * DeliveriesPerChain, tallies.Sum(tally => tally.Succeeded + tally.Failed));
        Assert.True(
            tallies.Sum(tally => tally.Succeeded) > DeliveriesPerChain && tallies.Sum(tally => tally.Failed) > DeliveriesPerChain / 10,
            $"Seed {seed}: the weather was too good or too bad to tell anything: {string.Join(", ", tallies)}");
    }

    private async Task<(int Succeeded, int Failed)> DeliverChainAsync(FaultProxy proxy, int seed)
    {
        using var destination = new S3Destination(fixture);
        await using var warehouse = await AudienceWarehouse.CreateAsync(9_000, noteBytes: 1_000);
        var (succeeded, failed) = (0, 0);
        for (var number = 1; number <= DeliveriesPerChain; number++)
        {
            await warehouse.ChangeAsync(number);
            var before = await LatestAsync(destination);
            // Every fifth has a file that goes in parts.
            var mode = number % 5 == 1 ? DeliveryMode.Full : DeliveryMode.Diff;
            var consumer = destination.Consumer(destination.Settings(proxy.Endpoint)) with { Compression = FileCompression.None };
            try
            {
                var result = await warehouse.DeliverAsync(consumer, mode, partBytes: 7 << 20);
                succeeded++;
                Assert.Contains(result.DeliveryId, await LatestAsync(destination), StringComparison.Ordinal);
                await S3DeliveryTests.VerifyAsync(result.Manifest, destination.Settings());
            }
            catch (LoyaltyException failure) when (failure.ErrorId.StartsWith("Destination", StringComparison.Ordinal))
            {
                failed++;
                await AssertNotMovedAsync(destination, warehouse, before, seed);
            }
        }

        await AssertOnlyWholeAsync(destination, warehouse);
        return (succeeded, failed);
    }

    // It may have completed an earlier one first, whose end nobody had heard of; or nobody has heard of its own end, and the log knows so.
    // What the log calls failed is never what latest.json points to.
    private static async Task AssertNotMovedAsync(S3Destination destination, AudienceWarehouse warehouse, string before, int seed)
    {
        var after = await LatestAsync(destination);
        if (after == before)
            return;
        var statuses = await warehouse.Test.RowsAsync(
            "SELECT DELIVERY_ID, STATUS FROM LOYALTY.DELIVERY ORDER BY SEQUENCE_NUMBER DESC LIMIT 2");
        var pointedTo = Assert.Single(statuses, row => after.Contains(row.Split('|')[0], StringComparison.Ordinal));
        Assert.True(
            pointedTo.EndsWith("|Published", StringComparison.Ordinal)
                || pointedTo == statuses[0] && pointedTo.EndsWith("|Started", StringComparison.Ordinal),
                $"Seed {seed}: {string.Join(", ", statuses)}");
        await S3DeliveryTests.VerifyAsync($"{destination.Location}/{Feed}/latest.json", destination.Settings());
    }

    private static async Task AssertOnlyWholeAsync(S3Destination destination, AudienceWarehouse warehouse)
    {
        var direct = destination.Consumer(destination.Settings());
        await new DeliveryCleaner(warehouse.Test.Pipeline).ClearAsync(
            warehouse.Test.Warehouse, new ClearOptions(direct, DateOnly.MinValue, UnfinishedFor: TimeSpan.Zero), warehouse.Test.Reporter,
            TestWarehouse.Token);

        // Of this chain: others share the bucket.
        await foreach (var upload in destination.Store.ListUnfinishedAsync(string.Empty, TestWarehouse.Token))
            Assert.Fail($"The upload of {upload.Key} is still open.");
        await S3DeliveryTests.OnlyWholeDeliveriesAsync(destination);
        var manifests = new List<string>();
        await foreach (var entry in destination.Store.ListAsync(Feed, TestWarehouse.Token))
        {
            if (entry.Key.EndsWith("/manifest.json", StringComparison.Ordinal))
                manifests.Add(entry.Key);
        }

        foreach (var manifest in manifests)
            await S3DeliveryTests.VerifyAsync($"{destination.Location}/{manifest}", destination.Settings());
        var published = await warehouse.Test.RowsAsync(
            "SELECT FOLDER || '/manifest.json' FROM LOYALTY.DELIVERY WHERE STATUS = 'Published'");
        Assert.Equal(published.Order(StringComparer.Ordinal), manifests.Order(StringComparer.Ordinal));
    }

    private static async Task<string> LatestAsync(S3Destination destination) =>
        (await destination.Store.ReadAsync($"{Feed}/latest.json", TestWarehouse.Token))?.Content ?? string.Empty;
}
