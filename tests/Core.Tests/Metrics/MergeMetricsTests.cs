using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Metrics;

/// <summary>What a merge measures.</summary>
public sealed class MergeMetricsTests
{
    [Fact]
    public async Task Users_segments_and_scores_are_those_of_the_regions_and_of_all()
    {
        await using var scene = await RegionsAsync();

        await scene.MergeAsync();

        Assert.Equal(
            [
                "mean_score|(unknown)|33.33", "mean_score|*|46.0825", "mean_score|EU|50.333333",
                "users|(none)|1", "users|(unknown)|1", "users|*|5", "users|EU|3",
                "users.engaged|(none)|0", "users.engaged|(unknown)|0", "users.engaged|*|1", "users.engaged|EU|1",
                "users.highly_engaged|(none)|0", "users.highly_engaged|(unknown)|0", "users.highly_engaged|*|1",
                "users.highly_engaged|EU|1",
                "users.low_engagement|(none)|0", "users.low_engagement|(unknown)|0", "users.low_engagement|*|1",
                "users.low_engagement|EU|1",
                "users.unscored|(none)|1", "users.unscored|(unknown)|1", "users.unscored|*|2", "users.unscored|EU|0",
            ],
            await scene.MetricsAsync("METRIC LIKE 'users%' OR METRIC = 'mean_score'"));
    }

    [Fact]
    public async Task The_share_of_NULL_is_that_of_every_column_that_may_be_NULL()
    {
        await using var scene = await RegionsAsync();
        await scene.RunAsync("UPDATE DW_A.USER_PROFILE SET EMAIL = NULL WHERE USER_ID <= 2");

        await scene.MergeAsync();

        var nullable = scene.Test.Pipeline.Catalog.Master.Columns.Where(column => column.Nullable).Select(column => column.Name);
        var shares = await Task.WhenAll(nullable.Order(StringComparer.Ordinal).Select(async column =>
            $"null_share.{column.ToLowerInvariant()}|*|{(await scene.Test.RowsAsync($"SELECT COUNT_IF({column} IS NULL) / COUNT(*) FROM LOYALTY.MASTER"))[0]}"));
        Assert.Equal(shares, await scene.MetricsAsync("METRIC LIKE 'null_share.%'"));
        string[] known = ["null_share.email|*|0.4", "null_share.phone|*|1", "null_share.full_name|*|0", "null_share.region_code|*|0.2",
            "null_share.highly_engaged_from|*|0.4"];
        Assert.Empty(known.Except(shares));
    }

    [Fact]
    public async Task A_region_means_the_same_in_metrics_adoption_and_views()
    {
        await using var scene = await MergeScene.CreateAsync(users: 7);
        await scene.RunAsync(
            "UPDATE DW_A.USER_PROFILE SET REGION_CODE = CASE USER_ID WHEN 1 THEN NULL WHEN 2 THEN 'anna@example.com' WHEN 3 THEN '(none)' WHEN 4 THEN '*' ELSE REGION_CODE END",
            "INSERT INTO DW_C.REGION_METADATA VALUES ('(none)', 'Noman', 'NN', 'Core')",
            "INSERT INTO DW_B.FEATURE_ADOPTION VALUES (2, 'export', 'reports', '2024-01-10', '2024-03-30', 5), (7, 'export', 'reports', '2024-01-10', '2024-03-30', 5)");

        await scene.MergeAsync();

        string[] expected = ["(none)|1", "(unknown)|3", "EU|3"];
        Assert.Equal(
            expected,
            await scene.Test.RowsAsync(
                "SELECT REGION_CODE, CAST(VALUE AS BIGINT) FROM LOYALTY.METRIC WHERE METRIC = 'users' AND REGION_CODE <> '*' ORDER BY 1"));
        Assert.Equal(expected, await scene.Test.RowsAsync("SELECT REGION_CODE, USERS FROM LOYALTY.ENGAGEMENT_BY_REGION ORDER BY 1"));
        Assert.Equal(
            expected,
            await scene.Test.RowsAsync(
                "SELECT REGION_CODE, USERS FROM LOYALTY.FEATURE_ADOPTION_BY_REGION AS f JOIN (SELECT REGION_CODE, USERS FROM LOYALTY.ADOPTION) AS a USING (REGION_CODE) ORDER BY 1"));
        Assert.Equal(
            ["NULL|NULL"],
            await scene.Test.RowsAsync(
                "SELECT DISTINCT REGION_NAME, REGION_CLASS FROM LOYALTY.ENGAGEMENT_BY_REGION WHERE REGION_CODE LIKE '(%'"));
    }

    [Fact]
    public async Task Regions_that_are_not_known_are_one_whatever_stands_in_their_place()
    {
        await using var scene = await MergeScene.CreateAsync(users: 6);
        await scene.RunAsync(
            "UPDATE DW_A.USER_PROFILE SET REGION_CODE = CASE USER_ID WHEN 1 THEN 'jane.doe@example.com' WHEN 2 THEN 'Jane Doe' ELSE REGION_CODE END");

        await scene.MergeAsync();

        Assert.Equal(["users|(unknown)|2", "users|*|6", "users|EU|4"], await scene.MetricsAsync("METRIC = 'users'"));
        Assert.Empty(
            await scene.Test.RowsAsync(
                "SELECT * FROM LOYALTY.METRIC WHERE CONTAINS(LOWER(REGION_CODE), 'jane') OR CONTAINS(LOWER(METRIC), 'jane')"));
    }

    [Fact]
    public async Task A_region_code_that_stands_for_something_else_is_no_region()
    {
        await using var scene = await MergeScene.CreateAsync(users: 6);
        await scene.RunAsync(
            "UPDATE DW_A.USER_PROFILE SET REGION_CODE = CASE USER_ID WHEN 1 THEN '*' WHEN 2 THEN '(none)' WHEN 3 THEN NULL ELSE REGION_CODE END");
        await scene.ScoreAsync(1, 90);

        await scene.MergeAsync();

        Assert.Equal(
            ["mean_score|(none)|50", "mean_score|(unknown)|70", "mean_score|*|56.666667", "mean_score|EU|50", "users|(none)|1",
                "users|(unknown)|2", "users|*|6", "users|EU|3"],
            await scene.MetricsAsync("METRIC IN ('users', 'mean_score')"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Source_rows_are_those_whose_day_is_the_day_merged_as_read(bool replayed)
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        await scene.RunAsync(
            """
            INSERT INTO DW_B.SERVICE_REQUESTS VALUES (1, 1, 'service', '2024-03-30 23:59:59.999999', 'open'), (2, 1, 'service', '2024-03-31 00:00:00', 'open'),
                (3, 1, 'service', '2024-03-31 23:59:59.999999', 'open'), (4, 1, 'service', '2024-04-01 00:00:00', 'open')
            """,
            "INSERT INTO DW_A.USER_ACTIVITY VALUES (1, 99, 'login', '2024-03-31 08:00:00', NULL, NULL), (2, 1, 'login', NULL, NULL, NULL), (3, 1, 'login', '2024-03-31', NULL, NULL)",
            "INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (1, '2024-03-31', 51)",
            """
            INSERT INTO DW_B.FEATURE_ADOPTION VALUES (1, 'a', 'm', '2024-03-31 10:00:00', '2024-04-05 10:00:00', 1), (1, 'b', 'm', '2024-03-30 10:00:00', '2024-03-31 10:00:00', 1)
            """);

        await WriteAsync(scene, replayed);

        var rows = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["DW_A.USER_PROFILE"] = 3,
            ["DW_A.USER_ACTIVITY"] = 2,
            ["DW_A.ENGAGEMENT_SCORE"] = 1,
            ["DW_B.FEATURE_ADOPTION"] = 1,
            ["DW_B.SERVICE_REQUESTS"] = 2,
            ["DW_C.REGION_METADATA"] = 1,
        };
        Assert.Equal(
            SourceDefinitions.All.Select(source => $"source_rows.{source.Table}|*|{rows.GetValueOrDefault(source.Table)}")
                .Order(StringComparer.Ordinal),
            await scene.MetricsAsync("METRIC LIKE 'source_rows.%' AND RUN_DATE = '2024-03-31'"));
        Assert.Equal(
            ["quarantined|*|2", "quarantined.DW_A.USER_ACTIVITY|*|2"],
            await scene.MetricsAsync("METRIC LIKE 'quarantined%' AND VALUE > 0 AND RUN_DATE = '2024-03-31'"));
        Assert.Equal(
            1 + SourceDefinitions.All.Count, (await scene.MetricsAsync("METRIC LIKE 'quarantined%' AND RUN_DATE = '2024-03-31'")).Count);
    }

    [Fact]
    public async Task The_same_day_again_leaves_one_set_and_that_of_deliveries()
    {
        await using var scene = await RegionsAsync();
        await scene.RunAsync(
            "INSERT INTO LOYALTY.METRIC VALUES ('2024-03-31', 'delivery_rows.Crm.Engaged', '*', 7), ('2024-03-30', 'users', 'XX', 8), ('2024-04-01', 'users', 'XX', 9)");
        await scene.MergeAsync();
        await scene.RunAsync("UPDATE DW_A.USER_PROFILE SET REGION_CODE = 'EU' WHERE USER_ID = 4");
        await scene.MergeAsync();

        Assert.Empty(
            await scene.Test.RowsAsync("SELECT RUN_DATE, METRIC, REGION_CODE FROM LOYALTY.METRIC GROUP BY ALL HAVING COUNT(*) > 1"));
        Assert.Equal(
            ["users|(none)|1", "users|*|5", "users|EU|4", "users|XX|8", "users|XX|9"], await scene.MetricsAsync("METRIC = 'users'"));
        Assert.Equal(["delivery_rows.Crm.Engaged|*|7"], await scene.MetricsAsync("METRIC LIKE 'delivery_rows%'"));
        var seconds = Assert.Single(
            await scene.Test.RowsAsync(
                "SELECT m.VALUE <= r.SECONDS AND m.VALUE > r.SECONDS / 10 FROM LOYALTY.METRIC AS m, (SELECT * FROM LOYALTY.RUN ORDER BY RUN_ID DESC LIMIT 1) AS r WHERE METRIC = 'run_seconds'"));
        Assert.Equal("True", seconds);
    }

    [Fact]
    public async Task A_day_written_after_a_later_one_has_the_figures_of_its_own_users()
    {
        await using var inOrder = await RegionsAsync();
        await inOrder.MergeAsync();
        await ChangeAsync(inOrder);
        await inOrder.MergeAsync(daysLater: 2, force: true);

        await using var reversed = await RegionsAsync();
        await ChangeAsync(reversed);
        await reversed.MergeAsync(daysLater: 2, force: true);
        await ChangeBackAsync(reversed);
        await reversed.MergeAsync(force: true);

        Assert.Equal(await inOrder.MetricsAsync("RUN_DATE = '2024-03-31'"), await reversed.MetricsAsync("RUN_DATE = '2024-03-31'"));
        Assert.Equal(await inOrder.MetricsAsync("RUN_DATE = '2024-04-02'"), await reversed.MetricsAsync("RUN_DATE = '2024-04-02'"));
        Assert.NotEqual(await inOrder.MetricsAsync("RUN_DATE = '2024-03-31'"), await inOrder.MetricsAsync("RUN_DATE = '2024-04-02'"));
    }

    [Fact]
    public async Task Of_nobody_there_are_no_shares_and_no_scores()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.RemoveUserAsync(1);

        await scene.MergeAsync(force: true);

        Assert.Equal(
            ["users|*|0", "users.engaged|*|0", "users.highly_engaged|*|0", "users.low_engagement|*|0", "users.unscored|*|0"],
            await scene.MetricsAsync("METRIC LIKE 'users%' OR METRIC = 'mean_score' OR METRIC LIKE 'null_share.%'"));
    }

    [Fact]
    public async Task A_warehouse_of_an_earlier_version_is_left_as_it_is_by_a_plan_and_gets_metrics_by_a_merge()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.RunAsync("DROP TABLE LOYALTY.METRIC");

        await scene.MergeAsync(planOnly: true);
        Assert.Empty(await scene.Test.RowsAsync("SELECT 1 FROM information_schema.tables WHERE table_name = 'METRIC'"));

        await scene.MergeAsync();
        Assert.Equal(["users|*|2", "users|EU|2"], await scene.MetricsAsync("METRIC = 'users'"));
    }

    [Fact]
    public async Task A_plan_measures_nothing()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);

        await scene.MergeAsync(planOnly: true);

        Assert.Empty(await scene.Test.RowsAsync("SELECT * FROM LOYALTY.METRIC"));
    }

    // Three users of a region with thresholds, one of a region without, one without region and score.
    private static async Task<MergeScene> RegionsAsync()
    {
        var scene = await MergeScene.CreateAsync(users: 5);
        await scene.RunAsync(
            "UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = CASE USER_ID WHEN 1 THEN 90 WHEN 2 THEN 11 WHEN 3 THEN 50 ELSE 33.33 END",
            "DELETE FROM DW_A.ENGAGEMENT_SCORE WHERE USER_ID = 5",
            "UPDATE DW_A.USER_PROFILE SET REGION_CODE = CASE USER_ID WHEN 4 THEN 'XX' WHEN 5 THEN NULL ELSE REGION_CODE END");
        return scene;
    }

    private static Task ChangeAsync(MergeScene scene) => scene.RunAsync(
        "UPDATE DW_A.USER_PROFILE SET REGION_CODE = 'YY', EMAIL = NULL WHERE USER_ID = 1",
        "UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = 99 WHERE USER_ID = 2");

    private static Task ChangeBackAsync(MergeScene scene) => scene.RunAsync(
        "UPDATE DW_A.USER_PROFILE SET REGION_CODE = 'EU', EMAIL = 'u1@example.com' WHERE USER_ID = 1",
        "UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = 11 WHERE USER_ID = 2");

    private static async Task WriteAsync(MergeScene scene, bool replayed)
    {
        if (!replayed)
        {
            await scene.MergeAsync();
            return;
        }

        await foreach (var _ in new ReplayRunner(scene.Test.Pipeline).RunAsync(
            scene.Test.Warehouse, new ReplayOptions(MergeScene.Day.AddDays(-1), MergeScene.Day.AddDays(2)), scene.Test.Reporter,
            TestWarehouse.Token))
        {
            // Each day is written.
        }
    }
}
