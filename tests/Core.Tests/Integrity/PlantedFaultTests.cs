using System.Globalization;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>Faults planted one at a time in a clean warehouse: just the checks that are about them do not pass.</summary>
public sealed class PlantedFaultTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_clean_warehouse_passes_all()
    {
        await using var test = await clean.CopyAsync(_folder.Path);
        var results = await CheckAsync(test, new IntegrityOptions { IncludeDeliveries = true });

        // Six days are not enough to know what is usual.
        Assert.Empty(
            Said(
                results.Where(
                    result => result.Status != CheckStatus.Passed
                        && (result.Suite, result.Status) != (CheckSuite.Anomalies, CheckStatus.Skipped))));
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

        // All checks at full depth, else all of the tables that are blamed.
        string[] checks = TestDepth.IsFull
            ? []
            : [.. expected.Select(said => $"{string.Join('.', said.Split(' ')[1].Split('.')[..2])}.*").Distinct(StringComparer.Ordinal)];
        var results = await CheckAsync(test, new IntegrityOptions { Checks = checks, KeepResults = false });

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            Said(results.Where(result => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped))));
        Assert.All(
            results.Where(result => result.Status is CheckStatus.Warning or CheckStatus.Failed),
            result => Assert.True(
                result is { Violations: > 0 }
                    && (result.Sample.Count > 0 || KindOf(result.CheckId) is "present" or "freshness" or "volume" or "merged"),
                    $"{result.CheckId}: {result.Message}"));
        // What is printed is what shows the violations.
        foreach (var result in results.Where(result => result is { Status: CheckStatus.Warning or CheckStatus.Failed, Sql: not null }))
            Assert.True(
                await CountAsync(test, result.Sql!) >= (KindOf(result.CheckId) == "unique" ? result.Violations + 1 : result.Violations),
                $"{result.CheckId}: {result.Sql}");
    }

    [Fact]
    public async Task A_fault_is_planted_for_each_kind_of_check()
    {
        await using var test = await clean.CopyAsync();

        var kinds = CheckList.Ids(test.Pipeline.Catalog, test.Pipeline.Config)
            .Where(id => !id.StartsWith("anomaly.", StringComparison.Ordinal)).Select(KindOf).Distinct(StringComparer.Ordinal);

        // Deliveries where they lie have tests of their own.
        var planted = PlantedFaults.OfTheCatalog.Concat(PlantedFaults.OfReconciliation).SelectMany(row => row.Data.Item2).Select(KindOf);
        Assert.Equal(["stored"], kinds.Except(planted, StringComparer.Ordinal));
        Assert.True(PlantedFaults.OfTheCatalog.Count + PlantedFaults.OfReconciliation.Count >= 60);
    }

    [Fact]
    public async Task What_cannot_be_checked_is_an_error_and_says_what_is_not_there()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync("DROP TABLE DW_A.USER_PROFILE");

        var results = await CheckAsync(test, new IntegrityOptions());

        Assert.Equal(CheckStatus.Failed, results.Single(result => result.CheckId == "DW_A.USER_PROFILE.present").Status);
        var about = results.Where(result => (result.Table == "DW_A.USER_PROFILE" && KindOf(result.CheckId) != "present"
            && result.Suite == CheckSuite.Sources)
            || result.CheckId == "LOYALTY.MASTER.users" || result.CheckId.EndsWith("USER_ID.references", StringComparison.Ordinal))
            .ToList();
        Assert.True(about.Count > 20, $"{about.Count} checks");
        Assert.All(
            about,
            result => Assert.Equal(
                (result.CheckId, CheckStatus.Error, "DW_A.USER_PROFILE does not exist"), (result.CheckId, result.Status, result.Message)));
    }

    // Departments may leave out all sources but the profiles.
    [Fact]
    public async Task What_needs_a_source_that_may_be_left_out_is_passed_over_without_it()
    {
        await using var test = await clean.CopyAsync();
        await test.ExecuteAsync("DROP TABLE DW_C.REGION_THRESHOLDS");

        var results = await CheckAsync(test, new IntegrityOptions { Checks = ["*.thresholds", "DW_C.REGION_THRESHOLDS.present"] });

        Assert.Equal(
            ["Skipped DW_C.REGION_METADATA.thresholds", "Skipped LOYALTY.MASTER.thresholds", "Warning DW_C.REGION_THRESHOLDS.present"],
            Said(results));
        Assert.All(results, result => Assert.Contains("DW_C.REGION_THRESHOLDS does not exist", result.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("VARCHAR")]
    [InlineData("TIMESTAMP WITH TIME ZONE")]
    public async Task Columns_of_other_types_are_found_and_keep_no_other_check_from_being_made(string type)
    {
        await using var test = await clean.CopyAsync();
        var from = type == "VARCHAR" ? "data_type <> 'VARCHAR'" : "data_type = 'TIMESTAMP'";
        foreach (var statement in await test.RowsAsync(
            $"SELECT 'ALTER TABLE ' || table_schema || '.' || table_name || ' ALTER COLUMN ' || column_name || ' TYPE {type}' FROM information_schema.columns WHERE table_schema LIKE 'DW%' AND {from}"))
            await test.ExecuteAsync(statement);

        var results = await CheckAsync(test, new IntegrityOptions());

        Assert.True(
            results.Count(result => KindOf(result.CheckId) == "column_types" && result.Status == CheckStatus.Failed) >= 9,
            string.Join('\n', Said(results)));
        Assert.DoesNotContain(
            results,
            result => result.Suite is CheckSuite.History or CheckSuite.Deliveries
                && result.Status is CheckStatus.Failed or CheckStatus.Error && KindOf(result.CheckId) != "column_types");
    }

    private static async Task<long> CountAsync(TestWarehouse test, string query) =>
        long.Parse((await test.RowsAsync($"SELECT COUNT(*) FROM ({query}) AS q")).Single(), CultureInfo.InvariantCulture);

    private static Task<IReadOnlyList<CheckResult>> CheckAsync(TestWarehouse test, IntegrityOptions options) =>
        new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, options, test.Reporter, TestWarehouse.Token);

    private static string KindOf(string said) => said.Split('.')[^1];

    private static IEnumerable<string> Said(IEnumerable<CheckResult> results) =>
        results.Select(result => $"{result.Status} {result.CheckId}").Order(StringComparer.Ordinal);
}
