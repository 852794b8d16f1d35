using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>Whoever tries the pipeline with a clean sample, however small, sees nothing that is not so.</summary>
[Trait("Group", "LargeData")]
public sealed class CleanSampleStoryTests
{
    private const int Days = 90;

    // How long a merge takes is the machine's.
    private const string RunSeconds = "anomaly.run_seconds";

    public static TheoryData<int, long> Samples => TestDepth.IsFull ? new() { { 50, 7 }, { 300, 11 } } : new() { { 50, 7 } };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Ninety_days_of_a_clean_sample_trip_no_guard_and_no_check(int users, long seed)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var options = new SyntheticDataOptions { Users = users, Seed = seed };
        await new SyntheticDataWriter(test.Pipeline).WriteAsync(
            test.Warehouse, options, replace: false, wait: null, test.Reporter, TestWarehouse.Token);

        var merged = new List<MergeResult>();
        await foreach (var result in new ReplayRunner(test.Pipeline).RunAsync(
            test.Warehouse, new ReplayOptions(options.LastDay.AddDays(1 - Days), options.LastDay), test.Reporter, TestWarehouse.Token))
            merged.Add(result);
        var checks = await new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions(), test.Reporter, TestWarehouse.Token);

        Assert.Equal(Days, merged.Count);
        Assert.All(merged, result => Assert.Equal(0, result.Quarantined));
        Assert.Empty(test.Reporter.Warnings);
        Assert.Empty(
            checks.Where(check => check.Status is not (CheckStatus.Passed or CheckStatus.Skipped) && check.CheckId != RunSeconds)
                .Select(check => $"{check.CheckId}: {check.Message}"));
        Assert.True(
            checks.Count(
                check => check.CheckId.StartsWith("anomaly.", StringComparison.Ordinal) && check.Status == CheckStatus.Passed) > 50);
    }
}
