using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>Faults planted one at a time in a clean warehouse: just the checks that are about them do not pass.</summary>
public sealed class PlantedFaultTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    [Fact]
    public async Task A_clean_warehouse_passes_all()
    {
        await using var test = await clean.CopyAsync();
        var results = await CheckAsync(test, new IntegrityOptions { IncludeDeliveries = true });

        // Six days are not enough to know what is usual.
        Assert.Empty(Said(results.Where(result => result.Status != CheckStatus.Passed && (result.Suite, result.Status) != (CheckSuite.Anomalies, CheckStatus.Skipped))));
        Assert.True(results.Count > 400, $"{results.Count} checks");
        Assert.All(results, result => Assert.Empty(result.Sample));
        Assert.Equal(results.Count, results.Select(result => result.CheckId).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(PlantedFaults.OfTheCatalog), MemberType = typeof(PlantedFaults))]
    [MemberData(nameof(PlantedFaults.OfReconciliation), MemberType = typeof(PlantedFaults))]
    public async Task A_planted_fault_is_found_by_its_check_alone(string fault, string[] expected)
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync(fault);

        var results = await CheckAsync(test, new IntegrityOptions());

        Assert.Equal(expected.Order(StringComparer.Ordinal), Said(results.Where(result => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped))));
        Assert.All(
            results.Where(result => result.Status is CheckStatus.Warning or CheckStatus.Failed),
            result => Assert.True(result is { Violations: > 0 } && (result.Sample.Count > 0 || result.CheckId.Split('.')[^1] is "present" or "freshness" or "volume" or "merged"), $"{result.CheckId}: {result.Message}"));
    }

    private static Task<IReadOnlyList<CheckResult>> CheckAsync(TestWarehouse test, IntegrityOptions options) =>
        new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, options, test.Reporter, TestWarehouse.Token);

    private static IEnumerable<string> Said(IEnumerable<CheckResult> results) => results.Select(result => $"{result.Status} {result.CheckId}").Order(StringComparer.Ordinal);
}
