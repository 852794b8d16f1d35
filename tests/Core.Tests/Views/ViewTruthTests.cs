using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Truth;
using LoyaltyPipeline.Core.Tests.Truth.Generators;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Views;

/// <summary>The views for readers against the second implementation, on random sources full of every kind of bad row.</summary>
public sealed class ViewTruthTests
{
    private const string Newest = "LOYALTY.FEATURE_ADOPTION_BY_REGION";

    private static readonly string[] Written = ["MASTER", "HISTORY", "SNAPSHOT", "QUARANTINE", "RUN", "RUN_STEP", "RUN_SOURCE", "METRIC",
        "ADOPTION"];

    [Theory]
    [InlineData("DuckDB", 4)]
    [InlineData("Snowflake", 1)]
    public async Task Views_are_those_of_the_second_implementation(string engine, int atLeast)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        DirtySources.Check(dirty => CheckAsync(test, dirty).GetAwaiter().GetResult(), atLeast, seconds: 6);
    }

    private static async Task CheckAsync(EngineWarehouse test, DirtyCase dirty)
    {
        var (firstDay, earlier) = (dirty.RunDate.AddDays(-7), DirtySources.EverySecondRow(dirty.Sources));
        await test.ExecuteAsync([.. Written.Select(table => $"DELETE FROM LOYALTY.{table}")]);
        await MergeAsync(test, earlier, firstDay);
        var merged = await MergeAsync(test, dirty.Sources, dirty.RunDate);

        var (before, now) = (ReferenceMaster.Build(earlier, firstDay), ReferenceMaster.Build(dirty.Sources, dirty.RunDate));
        var adoption = ReferenceViews.Adoption(now, dirty.RunDate).ToList();
        await AssertSameAsync(test, Newest, adoption);
        await AssertSameAsync(test, "LOYALTY.FEATURE_ADOPTION_TREND", ReferenceViews.Adoption(before, firstDay).Concat(adoption));
        await AssertSameAsync(test, "LOYALTY.ENGAGEMENT_BY_REGION", ReferenceViews.Engagement(now, dirty.RunDate));
        await AssertSameAsync(test, "LOYALTY.SEGMENT_TREND", ReferenceViews.Trend((firstDay, before), (dirty.RunDate, now)));
        Assert.Equal(
            await test.RowsAsync("SELECT COALESCE(SUM(FEATURES_ADOPTED), 0) FROM LOYALTY.MASTER"),
            await test.RowsAsync($"SELECT COALESCE(SUM(ADOPTERS), 0) FROM {Newest}"));
        Assert.Equal(
            [$"{merged.Sources.Sum(source => source.RowsRead)}|{merged.Sources.Sum(source => source.RowsUsed)}|{merged.Sources.Sum(source => source.RowsQuarantined)}|{merged.Inserted}"],
            await test.RowsAsync(
                $"SELECT ROWS_READ, ROWS_USED, ROWS_QUARANTINED, INSERTED FROM LOYALTY.RUN_HEALTH WHERE RUN_ID = '{merged.RunId}'"));
    }

    private static async Task<MergeResult> MergeAsync(EngineWarehouse test, SourceData sources, DateOnly day)
    {
        await WriteAsync(test, sources);
        return await new MergeRunner(test.Pipeline).RunAsync(
            test.Warehouse, new MergeOptions(day, Force: true), test.Reporter, EngineWarehouse.Token);
    }

    // As any client would, whichever engine it is.
    private static async Task WriteAsync(EngineWarehouse test, SourceData sources)
    {
        await using var session = await test.Warehouse.OpenSessionAsync(EngineWarehouse.Token);
        foreach (var source in SourceDefinitions.All)
        {
            await session.ExecuteAsync($"DELETE FROM {source.Table}", EngineWarehouse.Token);
            var rows = source.Cells(sources)?.ToList() ?? [];
            var marks = $"({SqlText.List(source.ColumnNames.Select(_ => "?"))})";
            if (rows.Count > 0)
                await session.ExecuteAsync(
                    $"INSERT INTO {source.Table} ({SqlText.List(source.ColumnNames)}) VALUES {SqlText.List(rows.Select(_ => marks))}",
                    [.. rows.SelectMany(row => row)], EngineWarehouse.Token);
        }
    }

    private static async Task AssertSameAsync(EngineWarehouse test, string view, IEnumerable<string> expected)
    {
        var columns = SqlText.List(test.Pipeline.Catalog.Table(view).Columns.Select(column => column.Name));
        Assert.Equal(
            expected.Order(StringComparer.Ordinal), (await test.RowsAsync($"SELECT {columns} FROM {view}")).Order(StringComparer.Ordinal));
    }
}
