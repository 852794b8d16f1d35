using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>Samples with planted bad rows: just those are quarantined, and Master is that of the second implementation.</summary>
public sealed class DirtySampleMergeTests
{
    public static TheoryData<int, int, long> Samples =>
        TestDepth.IsFull ? new() { { 20_000, 60, 7 }, { 5_000, 365, 11 } } : new() { { 3_000, 60, 7 }, { 1_000, 365, 11 } };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Planted_rows_are_quarantined_and_the_rest_is_Master(int users, int days, long seed)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var options = new SyntheticDataOptions { Users = users, Days = days, Seed = seed, Dirty = true };
        var sample = await new SyntheticDataWriter(test.Pipeline).WriteAsync(
            test.Warehouse, options, replace: false, wait: null, test.Reporter, TestWarehouse.Token);

        var result = await test.MergeAsync(options.LastDay);

        Assert.Equal(
            Planted(sample),
            result.QuarantinedByRule.Select(rows => $"{rows.SourceTable} {rows.Rule} {rows.Rows}").Order(StringComparer.Ordinal));
        Assert.Equal(
            Planted(sample),
            (await test.RowsAsync(
                "SELECT SOURCE_TABLE || ' ' || RULE || ' ' || COUNT(*) FROM LOYALTY.QUARANTINE GROUP BY SOURCE_TABLE, RULE")).Order(
                    StringComparer.Ordinal));
        Assert.Equal(sample.Planted, result.Quarantined);
        Assert.All(
            result.Sources.Zip(sample.Tables),
            pair => Assert.Equal(
                (pair.Second.Table, pair.Second.Rows), (pair.First.SourceTable, pair.First.RowsUsed + pair.First.RowsQuarantined)));
        await using var connection = await test.ConnectAsync();
        var expected = ReferenceMaster.Build(StoredSources.Read(connection), options.LastDay);
        Assert.Null(MasterDifference.Describe(expected.Master, MasterTable.Read(connection)));
        Assert.Equal(users, result.Users);
    }

    private static IEnumerable<string> Planted(SampleResult sample) =>
        sample.Tables.SelectMany(table => table.Planted.Select(rule => $"{table.Table} {rule.Key} {rule.Value}"))
            .Order(StringComparer.Ordinal);
}
