using System.Collections.Concurrent;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>How often a table is read for all of its checks, and when rows are fetched.</summary>
public sealed class ScanTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    [Fact]
    public async Task The_checks_of_a_table_share_one_scan_and_all_references_to_a_column_one_pass()
    {
        await using var test = await clean.CopyAsync();

        var queries = await RunAsync(test, new IntegrityOptions { Suites = [CheckSuite.Sources], KeepResults = false });

        foreach (var source in test.Pipeline.Catalog.Sources)
            Assert.Single(queries, query => IsScanOf(query, source));
        Assert.Single(
            queries,
            query => query.Contains("AS PROBE", StringComparison.Ordinal)
                && query.Contains("SELECT USER_ID FROM DW_A.USER_PROFILE", StringComparison.Ordinal));
        // The scan, the references, and the keys: of the first rows, and of all where those are in order.
        Assert.All(test.Pipeline.Catalog.Sources.Where(
            source => source.Name.Schema != "DW_C" && source != test.Pipeline.Catalog.Users), source =>
            Assert.InRange(queries.Count(query => query.Contains($"FROM {source} ", StringComparison.Ordinal)), 3, 4));
    }

    [Fact]
    public async Task Rows_are_fetched_only_of_checks_that_did_not_pass()
    {
        await using var test = await clean.CopyAsync();
        var options = new IntegrityOptions { Suites = [CheckSuite.Master], Sample = 3, KeepResults = false };
        Assert.DoesNotContain(await RunAsync(test, options), query => query.EndsWith("LIMIT 3", StringComparison.Ordinal));
        await test.ExecuteAsync(
            "UPDATE LOYALTY.MASTER SET LOGINS_30D = -1 WHERE USER_ID < 100; UPDATE LOYALTY.HISTORY SET LOGINS_30D = -1 WHERE USER_ID < 100 AND VALID_TO IS NULL");

        var fetched = Assert.Single(await RunAsync(test, options), query => query.EndsWith("LIMIT 3", StringComparison.Ordinal));

        Assert.Contains("LOGINS_30D < 0", fetched, StringComparison.Ordinal);
    }

    private static bool IsScanOf(string query, CatalogTable table) =>
        query.StartsWith("SELECT COUNT", StringComparison.Ordinal) && query.EndsWith($"FROM {table} AS r", StringComparison.Ordinal);

    private static async Task<IReadOnlyCollection<string>> RunAsync(TestWarehouse test, IntegrityOptions options)
    {
        var asked = new ConcurrentQueue<string>();
        await using var warehouse = new ObservedWarehouse(test.Warehouse, asked.Enqueue);
        await new IntegrityRunner(test.Pipeline).RunAsync(warehouse, options, test.Reporter, TestWarehouse.Token);
        return asked;
    }
}
