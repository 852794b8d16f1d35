using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using LoyaltyPipeline.Core.Tests.Truth.Generators;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Subjects;

/// <summary>
/// Merges where users were erased, against the second implementation: what they write is what sources without those users give, on random
/// sources full of every kind of bad row.
/// </summary>
public sealed class ErasureModelTests
{
    private const int AtLeast = 8;
    private const int Seconds = 6;

    private static readonly string[] Written = ["MASTER", "HISTORY", "SNAPSHOT", "QUARANTINE"];

    private static readonly HashSet<long> Erased = [1, 4, 6];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_merge_is_that_of_sources_without_the_users(bool areElsewhere)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var connection = await test.ConnectAsync();
        await new UserEraser(test.Pipeline).EraseAsync(
            test.Warehouse, new EraseOptions([.. Erased]), test.Reporter, TestWarehouse.Token);
        if (areElsewhere)
            await MoveAsync(test);
        DirtySources.Check(
            dirty =>
            {
                SourceTables.Clear(connection);
                foreach (var table in Written)
                    test.ExecuteAsync($"DELETE FROM LOYALTY.{table}").GetAwaiter().GetResult();
                SourceTables.Write(connection, dirty.Sources);
                var result = test.MergeAsync(dirty.RunDate, force: true).GetAwaiter().GetResult();

                var expected = ReferenceMaster.Build(Without(dirty.Sources), dirty.RunDate);
                Assert.Null(MasterDifference.Describe(expected.Master, MasterTable.Read(connection)));
                foreach (var source in result.Sources)
                    Assert.Equal(
                        expected.Counts[source.SourceTable],
                        new SourceCount((int)source.RowsRead, (int)source.RowsUsed, (int)source.RowsQuarantined));
                foreach (var user in Erased)
                    Assert.Empty(test.RowsAsync($"""
                        SELECT * FROM LOYALTY.QUARANTINE
                        WHERE ', ' || ROW_KEY || ',' LIKE '%, USER_ID={user},%' OR DETAIL LIKE 'USER_ID {user} %'
                        """).GetAwaiter().GetResult());
            },
            AtLeast,
            Seconds);
    }

    private static SourceData Without(SourceData sources) => SourceDefinitions.All.Aggregate(sources, (data, source) =>
    {
        var column = source.ColumnNames.ToList().IndexOf("USER_ID");
        return column < 0 || source.Cells(data) is not { } rows
            ? data
            : source.Pick(
                data, rows.Index().Where(row => row.Item[column] is not long user || !Erased.Contains(user)).Select(row => row.Index));
    });

    // Views under another name are as good as another database: an erasure changes nothing there.
    private static async Task MoveAsync(TestWarehouse test)
    {
        await test.ExecuteAsync("CREATE SCHEMA CRM");
        foreach (var table in test.Pipeline.Catalog.Sources.Where(table => table.Name.Schema == "DW_A"))
            await test.ExecuteAsync($"CREATE VIEW CRM.{table.Name.Table} AS SELECT * FROM {table.Name}");
        test.Pipeline = test.Pipeline with
        {
            Config = test.Pipeline.Config with
            {
                Sources = new Dictionary<string, SourceLocation>(StringComparer.Ordinal) { ["DW_A"] = new(File: null, "CRM") },
            },
        };
        Assert.Equal(TableKind.Source, test.Pipeline.Catalog.Users.Kind);
    }
}
