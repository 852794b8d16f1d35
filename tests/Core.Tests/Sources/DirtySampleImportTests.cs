using System.Globalization;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>Every planted row is found, and no other.</summary>
public sealed class DirtySampleImportTests
{
    private static readonly SyntheticDataOptions Dirty = new() { Users = 1500, Days = 200, Dirty = true };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_files_the_import_finds_all_but_orphans_and_the_merge_finds_those(bool compress)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var folder = Path.Combine(test.Folder, "landing");
        using var landing = new CsvLandingFolder(folder, compress);
        var sample = await SyntheticTablesWriter.WriteAsync(
            ShippedCatalog.Catalog, Dirty, landing.Open, cancellationToken: TestWarehouse.Token);
        landing.Commit(TestContext.Current.CancellationToken);

        await test.ImportFolderAsync(folder);
        Assert.Equal(Planted(sample, rule => rule != RejectionRule.Orphan), await QuarantinedAsync(test));
        Assert.Equal(
            sample.Tables
                .Select(
                    table => $"{table.Table}|{table.Rows}|{table.Rows - table.Planted.Where(rule => rule.Key != RejectionRule.Orphan).Sum(rule => rule.Value)}").Order(StringComparer.Ordinal),
            await test.RowsAsync("SELECT SOURCE_TABLE, ROWS_READ, ROWS_USED FROM LOYALTY.RUN_SOURCE ORDER BY 1"), StringComparer.Ordinal);

        var merge = await test.MergeAsync(DateOnly.FromDateTime(sample.LastDay));
        Assert.Equal(Planted(sample, rule => rule == RejectionRule.Orphan), Found(merge.QuarantinedByRule));

        // The same folder once more: nothing changes, and the same rows are rejected again.
        var before = await StoredAsync(test);
        await test.ExecuteAsync("DELETE FROM LOYALTY.QUARANTINE");
        await test.ImportFolderAsync(folder);
        Assert.Equal(before, await StoredAsync(test));
        Assert.Equal(Planted(sample, rule => rule != RejectionRule.Orphan), await QuarantinedAsync(test));
    }

    [Fact]
    public async Task Of_tables_the_merge_finds_them_all()
    {
        await using var test = await TestWarehouse.CreateAsync();
        using var tables = new AppenderTables(() => test.ConnectAsync().GetAwaiter().GetResult());
        var sample = await SyntheticTablesWriter.WriteAsync(
            ShippedCatalog.Catalog, Dirty, tables.Open, cancellationToken: TestWarehouse.Token);
        tables.Commit();

        var merge = await test.MergeAsync(DateOnly.FromDateTime(sample.LastDay));
        Assert.Equal(Planted(sample, _ => true), Found(merge.QuarantinedByRule));
        Assert.Equal(Planted(sample, _ => true), await QuarantinedAsync(test));
        Assert.Equal(sample.Rows, merge.RowsRead);
    }

    private static List<string> Planted(SampleResult sample, Func<string, bool> isMeant) =>
    [
        .. sample.Tables
            .SelectMany(table => table.Planted.Where(rule => isMeant(rule.Key)).Select(rule => Line(table.Table, rule.Key, rule.Value)))
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> Found(IEnumerable<RejectedRows> rows) =>
        [.. rows.Select(row => Line(row.SourceTable, row.Rule, row.Rows)).Order(StringComparer.Ordinal)];

    private static async Task<List<string>> QuarantinedAsync(TestWarehouse test)
    {
        var rows = await test.RowsAsync("SELECT SOURCE_TABLE, RULE, COUNT(*) FROM LOYALTY.QUARANTINE GROUP BY ALL");
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> StoredAsync(TestWarehouse test)
    {
        var rows = new List<string>();
        foreach (var table in test.Pipeline.Catalog.Sources)
            rows.AddRange(await test.RowsAsync($"SELECT '{table}', rowid, * FROM {table} ORDER BY rowid"));
        return rows;
    }

    private static string Line(string table, string rule, long rows) =>
        string.Create(CultureInfo.InvariantCulture, $"{table}|{rule}|{rows}");
}
