using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>Sources without a generator of their own have rows by what the catalog says of them, judged here by import and merge.</summary>
public sealed class DeclaredTableTests
{
    private static readonly LoyaltyCatalog Catalog = DeclaredCatalog.Read();

    private static readonly SyntheticDataOptions Options = new() { Users = 800, Days = 200 };

    [Theory]
    [InlineData(800, 200)]
    [InlineData(1, 1)]
    [InlineData(40, 900)]
    public async Task Rows_keep_every_rule_and_refer_to_rows_that_there_are(int users, int days)
    {
        await using var test = await ImportAsync(Options with { Users = users, Days = days });

        var merge = await test.MergeAsync(Options.LastDay);

        Assert.Empty(await test.RowsAsync("SELECT SOURCE_TABLE, RULE, COUNT(*) FROM LOYALTY.QUARANTINE GROUP BY ALL"));
        Assert.Equal(users, merge.Users);
        foreach (var table in Catalog.Sources.Where(_ => users > 100))
        {
            Assert.NotEqual(["0"], await test.RowsAsync($"SELECT COUNT(*) FROM {table}"));
            foreach (var column in table.Columns.Where(column => column.References is not null && column.Name != "REGION_CODE"))
                Assert.Empty(await test.RowsAsync(LostReference(table, column, column.References!.Value)));
        }
    }

    [Fact]
    public async Task Values_differ_as_far_as_they_may_and_are_missing_now_and_then()
    {
        await using var test = await ImportAsync(Options);

        foreach (var (table, column) in Catalog.Sources.Skip(ShippedCatalog.Catalog.Sources.Count)
            .SelectMany(table => table.Columns.Select(column => (table, column))))
        {
            Assert.Equal(
                [$"True|{column.Nullable}"],
                await test.RowsAsync(
                    $"SELECT COUNT(DISTINCT {column.Name}) >= {Math.Max(2, column.Accepted.Count)}, COUNT_IF({column.Name} IS NULL) > 0 FROM {table}"));
        }

        Assert.Equal(["2"], await test.RowsAsync("SELECT COUNT(DISTINCT DEVICE) FROM DW_A.USER_ACTIVITY"));
        Assert.Empty(await test.RowsAsync("SELECT MAILBOX FROM DW_B.ANY_CARD WHERE MAILBOX NOT LIKE '%@example.%' LIMIT 1"));
    }

    [Fact]
    public async Task Something_happened_on_the_last_days()
    {
        await using var test = await ImportAsync(Options);

        foreach (var table in Catalog.Sources.Where(table => table.EventTime is not null && table.Name.Schema == "DW_B"))
            Assert.Equal(
                ["True"],
                await test.RowsAsync(
                    $"SELECT CAST(MAX({table.EventTime!.Name}) AS DATE) BETWEEN DATE '2026-06-23' AND DATE '2026-06-30' FROM {table}"));
    }

    [Fact]
    public async Task Just_the_planted_rows_of_every_rule_are_found()
    {
        var options = Options with { Users = 3000, Dirty = true };
        var (test, sample) = await SampleAsync(options);
        await using var _ = test;

        await test.MergeAsync(options.LastDay);

        Assert.Equal(
            sample.Tables.SelectMany(table => table.Planted.Select(rule => $"{table.Table}|{rule.Key}|{rule.Value}"))
                .Order(StringComparer.Ordinal),
            (await test.RowsAsync("SELECT SOURCE_TABLE, RULE, COUNT(*) FROM LOYALTY.QUARANTINE GROUP BY ALL"))
                .Order(StringComparer.Ordinal));
        var rules = sample.Tables.SelectMany(table => table.Planted.Keys.Select(rule => (table.Table, rule))).ToLookup(
            pair => pair.rule, pair => pair.Table);
        Assert.Contains("DW_B.ANY_STANDING", rules[RejectionRule.Range]);
        Assert.Contains("DW_B.ANY_CARD_EVENT", rules[RejectionRule.Range]);
        Assert.Contains("DW_B.ANY_CARD", rules[RejectionRule.Orphan]);
        Assert.Contains("DW_B.ANY_REFERRAL", rules[RejectionRule.Orphan]);
        Assert.All(sample.Tables.Where(table => table.Rows > 400), table => Assert.Contains(RejectionRule.Duplicate, table.Planted.Keys));
    }

    [Fact]
    public async Task The_same_rows_come_again_and_those_of_other_tables_stay_as_they_were()
    {
        var dirty = Options with { Dirty = true };
        var declared = await SampleFiles.WriteAsync(dirty with { Threads = 1 }, Catalog);
        var again = await SampleFiles.WriteAsync(dirty with { Threads = 4 }, Catalog);
        var shipped = await SampleFiles.WriteAsync(dirty);

        string[] changed = ["DW_A.USER_PROFILE", "DW_A.USER_ACTIVITY", "DW_C.REGION_METADATA"];
        Assert.All(Catalog.Sources, table => Assert.Equal(declared.Sha256($"{table}"), again.Sha256($"{table}")));
        Assert.All(
            ShippedCatalog.Catalog.Sources.Where(table => !changed.Contains($"{table}", StringComparer.Ordinal)),
            table => Assert.Equal(shipped.Sha256($"{table}"), declared.Sha256($"{table}")));
    }

    private static string LostReference(CatalogTable table, CatalogColumn column, ColumnReference reference) =>
        $"SELECT '{table}', {column.Name} FROM {table} WHERE {column.Name} NOT IN (SELECT {reference.Column} FROM {reference.Table}) LIMIT 1";

    private static async Task<TestWarehouse> ImportAsync(SyntheticDataOptions options) => (await SampleAsync(options)).Test;

    private static async Task<(TestWarehouse Test, SampleResult Sample)> SampleAsync(SyntheticDataOptions options)
    {
        var test = await TestWarehouse.CreateAsync(withSources: false);
        test.Pipeline = test.Pipeline with { Catalog = Catalog };
        var folder = Path.Combine(test.Folder, "landing");
        using var landing = new CsvLandingFolder(folder);
        var sample = await SyntheticTablesWriter.WriteAsync(Catalog, options, landing.Open, cancellationToken: TestWarehouse.Token);
        landing.Commit(TestWarehouse.Token);
        await test.ImportFolderAsync(folder);
        return (test, sample);
    }
}
