using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Crashes.Deliveries;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>Deliveries that are killed at random moments.</summary>
[Trait("Group", "Crashes")]
public sealed class S3KillTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    private static readonly int Kills = TestDepth.Of(fast: 2, full: 20);

    [Fact]
    public async Task A_killed_delivery_is_completed_or_replaced_by_the_next_and_leaves_no_orphan()
    {
        using var destination = new S3Destination(fixture);
        var seed = Random.Shared.Next();

        var results = await DeliveryKillExperiment.RunAsync(
            destination.Location, fixture.Server.Endpoint, AwsProfiles.FilePath, Kills, seed, TestWarehouse.Token);

        Assert.Equal(Kills, results.Count);
        Assert.All(results, result => Assert.True(result.Failure is null, $"Seed {seed}: {result}"));
        TestContext.Current.SendDiagnosticMessage(
            string.Join(", ", results.Select(result => $"{result.After.TotalMilliseconds:F0} ms {result.UnitsDone}")));
    }
}
