using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Crashes;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Crashes;

/// <summary>Runs that are killed at random moments. The benchmark does the same much more often.</summary>
[Trait("Group", "Crashes")]
public sealed class KillTests
{
    [Theory]
    [InlineData("import", 2, 14)]
    [InlineData("merge", 2, 14)]
    [InlineData("replay", 2, 14)]
    [InlineData("compress", 1, 6)]
    [InlineData("erase", 2, 14)]
    [InlineData("undo", 2, 14)]
    [InlineData("suppress", 1, 6)]
    public async Task A_killed_run_leaves_whole_units_and_the_next_one_ends_as_if_nothing_had_happened(
        string work, int kills, int killsAtFullDepth)
    {
        var seed = Random.Shared.Next();

        var results = await KillExperiment.RunAsync(work, TestDepth.Of(kills, killsAtFullDepth), seed, TestWarehouse.Token);

        Assert.All(results, result => Assert.True(result.Failure is null, $"Seed {seed}: {result}"));
        TestContext.Current.SendDiagnosticMessage(
            $"{work}: {string.Join(", ", results.Select(result => $"{result.After.TotalMilliseconds:F0} ms {result.UnitsDone}"))}");
    }

    [Fact]
    public void Everything_that_writes_is_killed() =>
        Assert.Equal(["import", "merge", "replay", "compress", "erase", "undo", "suppress"], KillExperiment.Works);
}
