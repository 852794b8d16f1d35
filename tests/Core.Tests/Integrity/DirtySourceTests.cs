using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using LoyaltyPipeline.Core.Tests.Truth.Generators;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>
/// Sources full of bad rows: what a merge makes of them is right, so the checks of what it has written must not blame it.
/// </summary>
public sealed class DirtySourceTests
{
    private static readonly string[] Written = ["MASTER", "HISTORY", "SNAPSHOT", "QUARANTINE", "RUN", "RUN_STEP", "RUN_SOURCE", "METRIC",
        "ADOPTION", "AUDIT", "AUDIT_HEAD"];

    // All that is not about the rows of the sources.
    private static readonly IntegrityOptions OfTheMerge = new()
    {
        Checks = ["LOYALTY.*", "*.merged", "DW_C.REGION_METADATA.thresholds"],
        KeepResults = false,
    };

    [Fact]
    public async Task What_was_merged_from_a_dirty_sample_passes()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var options = new SyntheticDataOptions { Users = 600, Days = 60, Dirty = true };
        await new SyntheticDataWriter(test.Pipeline).WriteAsync(
            test.Warehouse, options, replace: false, wait: null, test.Reporter, TestWarehouse.Token);
        await test.MergeAsync(options.LastDay, force: true);

        Assert.Empty(Bad(test));
    }

    [Fact]
    public async Task What_was_merged_from_any_bad_rows_passes()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var connection = await test.ConnectAsync();
        DirtySources.Check(
            dirty =>
            {
                SourceTables.Clear(connection);
                foreach (var table in Written)
                    Execute(connection, $"DELETE FROM LOYALTY.{table}");
                Execute(connection, AuditHead.SeedSql);
                SourceTables.Write(connection, dirty.Sources);
                test.MergeAsync(dirty.RunDate, force: true).GetAwaiter().GetResult();

                // Whether each region has thresholds is up to the sources.
                Assert.DoesNotContain(Bad(test), said => !said.Contains(" DW_C.", StringComparison.Ordinal));
            },
            atLeast: 2,
            seconds: 4);
    }

    private static IEnumerable<string> Bad(TestWarehouse test) =>
        new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, OfTheMerge, test.Reporter, TestWarehouse.Token).GetAwaiter().GetResult()
            .Where(result => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped))
            .Select(result => $"{result.Status} {result.CheckId}: {result.Message}");

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
