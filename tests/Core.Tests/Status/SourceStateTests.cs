using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Status;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Status;

/// <summary>What is said of source tables, those that are away too.</summary>
public sealed class SourceStateTests
{
    [Fact]
    public async Task A_source_has_rows_age_import_and_what_waits_for_a_repair()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        var file = scene.Test.Write(
            "ENGAGEMENT_SCORE.csv", "USER_ID,SCORE_DATE,SCORE\n1,2024-03-20,50\n2,2024-03-25,60\n3,2024-03-26,700\n3,2024-04-20,50\n");
        await scene.Test.ImportAsync(file);
        await scene.MergeAsync(force: true);

        var score = await OneAsync(scene.Test, "ENGAGEMENT_SCORE");

        Assert.Equal(("DW_A.ENGAGEMENT_SCORE", "DW_A.ENGAGEMENT_SCORE", false), (score.Table, score.Location, score.Required));
        Assert.Equal((6L, new DateTime(2024, 4, 20), 6), (score.Rows, score.NewestEvent, score.DaysBehind));
        Assert.Equal(scene.Test.Pipeline.Catalog.Table("DW_A.ENGAGEMENT_SCORE").FreshWithin, score.FreshWithin);
        Assert.Equal(score.FreshWithin >= 6, score.IsFresh);
        Assert.Equal((RunStatus.Succeeded, "ENGAGEMENT_SCORE.csv", 1L), (score.LastImportStatus, score.LastFile, score.OpenQuarantine));
        Assert.Equal(DateTime.UtcNow, score.LastImport!.Value, TimeSpan.FromMinutes(5));
        var users = await OneAsync(scene.Test, "USER_PROFILE");
        Assert.Equal((3L, true, null, null, null), (users.Rows, users.Required, users.LastImport, users.LastFile, users.LastImportStatus));
    }

    [Fact]
    public async Task The_last_import_counts_however_it_ended()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.Test.ImportAsync(scene.Test.Write("SUPPORT_CALLS.csv", "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,2024-03-20,5\n"));
        var bad = scene.Test.Write("SUPPORT_CALLS_2.csv", "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,2024-03-21,many\n");
        await Assert.ThrowsAsync<LoyaltyException>(
            () => scene.Test.ImportAsync(bad, new ImportOptions(MaxRejected: new RowLimit(0, IsPercent: false)), "SUPPORT_CALLS"));

        var calls = await OneAsync(scene.Test, "SUPPORT_CALLS");

        Assert.Equal((RunStatus.Refused, "SUPPORT_CALLS_2.csv"), (calls.LastImportStatus, calls.LastFile));
    }

    [Fact]
    public async Task A_source_is_behind_from_the_day_after_its_limit()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.MergeAsync();
        var limit = scene.Test.Pipeline.Catalog.Table("DW_A.USER_ACTIVITY").FreshWithin!.Value;
        await scene.RunAsync("INSERT INTO DW_A.USER_ACTIVITY VALUES (1, 1, 'login', '2024-01-01', NULL, NULL)");

        foreach (var days in new[] { 0, limit, limit + 1 })
        {
            await scene.RunAsync(
                $"UPDATE DW_A.USER_ACTIVITY SET ACTIVITY_AT = TIMESTAMP '{MergeScene.Day.AddDays(-days):yyyy-MM-dd} 23:59:59'");

            var state = await OneAsync(scene.Test, "USER_ACTIVITY");

            Assert.Equal((days, days <= limit), (state.DaysBehind, state.IsFresh));
            Assert.Equal(days <= limit ? null : $"It lies {days} days behind, and may {limit}.", state.Remark);
        }
    }

    [Fact]
    public async Task What_is_away_empty_unreadable_or_behind_is_said_and_keeps_nobody_from_the_others()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        await scene.RunAsync("DROP TABLE DW_B.SUPPORT_CHATS", "DROP TABLE DW_B.ISSUE_TICKETS",
            "CREATE TABLE DW_B.GONE AS SELECT * FROM DW_B.SERVICE_REQUESTS", "DROP TABLE DW_B.SERVICE_REQUESTS",
            "CREATE VIEW DW_B.SERVICE_REQUESTS AS SELECT * FROM DW_B.GONE", "DROP TABLE DW_B.GONE",
            "INSERT INTO DW_A.USER_ACTIVITY VALUES (1, 1, 'login', '2024-01-01 10:00:00', NULL, NULL)");
        var file = Path.Combine(scene.Test.Folder, "regions.duckdb");
        scene.Test.Pipeline = scene.Test.Pipeline with
        {
            Config = scene.Test.Pipeline.Config with
            {
                Sources = new Dictionary<string, SourceLocation>(StringComparer.Ordinal) { ["DW_C"] = new(file, "main") },
            },
        };

        var states = (await ReadAsync(scene.Test)).ToDictionary(state => state.Table, StringComparer.Ordinal);

        Assert.Equal(scene.Test.Pipeline.Catalog.Sources.Select(source => source.ToString()).Order(StringComparer.Ordinal),
            states.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((null, "It does not exist."), (states["DW_B.SUPPORT_CHATS"].Rows, states["DW_B.SUPPORT_CHATS"].Remark));
        Assert.Equal((0L, "It has no row."), (states["DW_B.SUPPORT_CALLS"].Rows, states["DW_B.SUPPORT_CALLS"].Remark));
        Assert.StartsWith("It cannot be read: ", states["DW_B.SERVICE_REQUESTS"].Remark, StringComparison.Ordinal);
        Assert.Equal($"The file {file} of source DW_C does not exist.", states["DW_C.REGION_METADATA"].Remark);
        Assert.Equal($"main.REGION_METADATA in the file {file}", states["DW_C.REGION_METADATA"].Location);
        Assert.Equal((90, false), (states["DW_A.USER_ACTIVITY"].DaysBehind, states["DW_A.USER_ACTIVITY"].IsFresh));
        Assert.StartsWith("It lies 90 days behind, and may ", states["DW_A.USER_ACTIVITY"].Remark, StringComparison.Ordinal);
        Assert.Equal(2, states["DW_A.USER_PROFILE"].Rows);
    }

    private static async Task<SourceState> OneAsync(TestWarehouse test, string table) =>
        Assert.Single(await ReadAsync(test, test.Pipeline.Catalog.FindSource(table)!));

    private static Task<List<SourceState>> ReadAsync(TestWarehouse test, params IReadOnlyList<CatalogTable> tables) =>
        new SourceStateReader(test.Pipeline).ReadAsync(
            test.Warehouse, tables.Count == 0 ? test.Pipeline.Catalog.Sources : tables, wait: null, test.Reporter, TestWarehouse.Token)
            .ToListAsync(TestWarehouse.Token).AsTask();
}
