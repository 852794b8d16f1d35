using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Quarantine;

/// <summary>Which quarantined rows still wait for a repair.</summary>
public sealed class OpenRowsTests
{
    private const string Header = "USER_ID,SCORE_DATE,SCORE\n";

    [Fact]
    public async Task A_row_repaired_at_its_source_is_used_by_the_next_merge_and_no_longer_open()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.RunAsync("INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (1, '2024-03-02', 101), (2, '2024-03-02', 102)");
        await scene.MergeAsync();
        Assert.Equal(["USER_ID=1, SCORE_DATE=2024-03-02", "USER_ID=2, SCORE_DATE=2024-03-02"], await OpenAsync(scene.Test));

        await scene.RunAsync("UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = 99 WHERE SCORE = 101");
        var repaired = await scene.MergeAsync(daysLater: 1, force: true);

        Assert.Equal(["USER_ID=2, SCORE_DATE=2024-03-02"], await OpenAsync(scene.Test));
        Assert.Equal((1, 1), (repaired.Quarantined, repaired.Updated));
        Assert.Equal(3, (await ReadAsync(scene.Test, openOnly: false)).Count);
    }

    [Fact]
    public async Task A_merge_of_an_earlier_day_says_nothing_about_what_is_open()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.RunAsync("INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (1, '2024-03-31', 101), (1, '2024-03-02', 102)");
        await scene.MergeAsync();
        var earlier = await scene.MergeAsync(daysLater: -10);

        Assert.Equal(1, earlier.Quarantined);
        Assert.Equal(["USER_ID=1, SCORE_DATE=2024-03-02", "USER_ID=1, SCORE_DATE=2024-03-31"], await OpenAsync(scene.Test));

        // Nor does one that was refused.
        await scene.RunAsync("DELETE FROM DW_A.ENGAGEMENT_SCORE", "DELETE FROM DW_A.USER_PROFILE");
        await scene.RefusedAsync("SourceMissing", RunStatus.Refused, daysLater: 1);
        Assert.Equal(2, (await OpenAsync(scene.Test)).Count);
    }

    [Theory]
    [InlineData(ImportMode.Upsert)]
    [InlineData(ImportMode.Append)]
    public async Task What_an_import_rejected_is_open_until_its_key_comes_again(ImportMode mode)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var options = new ImportOptions(mode);
        await test.ImportAsync(
            test.Write("ENGAGEMENT_SCORE_01.csv", $"{Header}1,2024-03-01,101\n2,2024-03-01,102\n3,2024-03-01,50\n4,2024-03-01,104\n"),
            options);
        Assert.Equal(
            ["USER_ID=1, SCORE_DATE=2024-03-01", "USER_ID=2, SCORE_DATE=2024-03-01", "USER_ID=4, SCORE_DATE=2024-03-01"],
            await OpenAsync(test));

        // 1 is good now, 2 is still bad, 4 is not there.
        await test.ImportAsync(
            test.Write("ENGAGEMENT_SCORE_02.csv", $"{Header}1,2024-03-01,50\n2,2024-03-01,-2\n5,2024-03-01,50\n"), options);

        var rows = await ReadAsync(test, openOnly: true);
        Assert.Equal(
            ["USER_ID=2, SCORE_DATE=2024-03-01", "USER_ID=4, SCORE_DATE=2024-03-01"],
            [.. rows.Select(row => row.RowKey).Order(StringComparer.Ordinal)]);
        Assert.EndsWith(
            "SCORE is below 0", rows.Single(row => row.RowKey!.StartsWith("USER_ID=2", StringComparison.Ordinal)).Detail,
            StringComparison.Ordinal);
        Assert.Equal(4, (await ReadAsync(test, openOnly: false)).Count);
    }

    [Fact]
    public async Task A_row_without_a_key_is_open_until_its_file_comes_again()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("ENGAGEMENT_SCORE_01.csv", $"{Header},2024-03-01,50\n3,2024-03-01,50\n"));
        await test.ImportAsync(test.Write("ENGAGEMENT_SCORE_02.csv", $"{Header}x,2024-03-01,50\n3,2024-03-02,50\n"));
        Assert.Equal(2, (await OpenAsync(test)).Count);

        await test.ImportAsync(test.Write("ENGAGEMENT_SCORE_01.csv", $"{Header}7,2024-03-01,50\n3,2024-03-01,50\n"));

        Assert.StartsWith(
            "ENGAGEMENT_SCORE_02.csv line 2", Assert.Single(await ReadAsync(test, openOnly: true)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replacing_a_table_leaves_nothing_open_but_what_it_rejects_itself()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("ENGAGEMENT_SCORE.csv", $"{Header}1,2024-03-01,101\n2,2024-03-01,50\n"));
        await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,2024-03-01,-1\n"));

        await test.ImportAsync(
            test.Write("ENGAGEMENT_SCORE.csv", $"{Header}8,2024-03-01,50\n9,2024-03-01,101\n"), new ImportOptions(ImportMode.Replace));

        // That of another table is another matter.
        Assert.Equal(["USER_ID=1, AS_OF_DATE=2024-03-01", "USER_ID=9, SCORE_DATE=2024-03-01"], await OpenAsync(test));
    }

    [Fact]
    public async Task An_import_that_is_refused_resolves_nothing_and_keeps_what_it_rejected()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("ENGAGEMENT_SCORE.csv", $"{Header}1,2024-03-01,101\n2,2024-03-01,50\n"));
        await Assert.ThrowsAsync<Core.Errors.LoyaltyException>(() => test.ImportAsync(
            test.Write("ENGAGEMENT_SCORE.csv", $"{Header}1,2024-03-01,50\n2,2024-03-01,101\n"),
            new ImportOptions(MaxRejected: new RowLimit(0, IsPercent: false))));
        await test.ImportAsync(test.Write("ENGAGEMENT_SCORE.csv", $"{Header}1,2024-03-01,50\n"), new ImportOptions(PlanOnly: true));

        Assert.Equal(["USER_ID=1, SCORE_DATE=2024-03-01", "USER_ID=2, SCORE_DATE=2024-03-01"], await OpenAsync(test));
    }

    private static async Task<IReadOnlyList<string?>> OpenAsync(TestWarehouse test) =>
        [.. (await ReadAsync(test, openOnly: true)).Select(row => row.RowKey).Order(StringComparer.Ordinal)];

    private static async Task<List<QuarantinedRow>> ReadAsync(TestWarehouse test, bool openOnly)
    {
        var rows = new List<QuarantinedRow>();
        await foreach (var row in QuarantineReader.ReadAsync(
            test.Warehouse, new QuarantineQuery(OpenOnly: openOnly), test.Reporter, TestWarehouse.Token))
            rows.Add(row);
        if (openOnly)
            Assert.Equal(Facts.Of(rows), Facts.Of((await ReadAsync(test, openOnly: false)).Where(row => row.IsOpen)));
        return rows;
    }
}
