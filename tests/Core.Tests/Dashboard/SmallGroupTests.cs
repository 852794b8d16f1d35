using System.Globalization;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Dashboard;

/// <summary>
/// Fewer than five users are fewer than five everywhere: every figure of the page is walked, of a warehouse whose groups are all that
/// small.
/// </summary>
public sealed class SmallGroupTests
{
    private const int Users = 42;

    // What is counted there is no users.
    private static readonly string[] Others =
    [
        "anomalies-summary|Unusual days shown", "overview-freshness|Days behind", "deliveries-log|Files", "load-steps|Seconds",
        "load-last|From", "load-last|To", "load-last|Seconds", "load-last|Rows",
        "load-sources|Rows", "load-rates|Read", "load-rates|Used", "load-rates|Quarantined", "load-rates|Seconds", "load-quarantine|Rows",
        "load-waits|Waited", "load-runs|Seconds", "load-runs|Quarantined",
        "metric-run-seconds|Figure", "metric-run-seconds|From", "metric-run-seconds|To",
    ];

    [Fact]
    public async Task No_figure_of_the_page_is_of_fewer_than_five()
    {
        await using var scene = await MergeScene.CreateAsync(Users);
        await FillAsync(scene);
        await scene.MergeAsync(force: true);
        // What is expected is of few users too: as many each day as on the last.
        await scene.RunAsync(
            """
            INSERT INTO LOYALTY.METRIC SELECT CAST(RUN_DATE - CAST(d.range AS INTEGER) AS DATE), METRIC, REGION_CODE, VALUE FROM LOYALTY.METRIC, range(1, 171) AS d
            """,
            "UPDATE LOYALTY.METRIC SET VALUE = 20 WHERE RUN_DATE < DATE '2024-03-31' AND METRIC = 'users.unscored'",
            "UPDATE LOYALTY.METRIC SET VALUE = VALUE + 3 WHERE RUN_DATE = DATE '2024-03-30' AND METRIC = 'users'");

        var document = await new PipelineDashboard(scene.Test.Pipeline).DescribeAsync(
            scene.Test.Warehouse, days: 90, wait: null, scene.Test.Reporter, TestWarehouse.Token);

        var panels = document.Tabs.SelectMany(tab => tab.Panels).ToList();
        foreach (var id in new[] { "engagement-regions", "engagement-scores", "engagement-region-figures", "adoption-rates", "metric-users",
            "metric-users-unscored", "metric-null-share-email" })
            Assert.NotEmpty(panels.Single(panel => panel.Id == id).Table!.Rows);
        Assert.Empty(panels.SelectMany(FewIn));
        // All of them would be of three: three of six active users of a region, three of forty-two without an address.
        Assert.Empty(
            panels.SelectMany(panel => Cells(panel, DashboardColumnKind.Share)).Where(cell => cell.Value is not null and not 0m)
                .Select(cell => $"{cell.Panel} {cell.Column} {cell.Value}"));
        Assert.All(panels.Single(panel => panel.Id == "metric-null-share-email").Table!.Rows, row => Assert.Null(row[1]));
        var scores = panels.Single(panel => panel.Id == "engagement-region-figures").Table!.Rows.ToDictionary(
            row => (string)row[0]!, row => row[2], StringComparer.Ordinal);
        Assert.Null(scores["R6"]);
        Assert.NotNull(scores["R1"]);
    }

    [Fact]
    public async Task The_last_step_of_scores_ends_with_the_highest_score()
    {
        await using var scene = await MergeScene.CreateAsync(Users);
        await FillAsync(scene);
        await scene.RunAsync(
            "UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = CASE WHEN USER_ID % 4 = 0 THEN 95 WHEN USER_ID % 4 = 1 THEN 94.99 ELSE 100 END",
            "UPDATE DW_C.REGION_THRESHOLDS SET HIGHLY_ENGAGED_FROM = 100");
        await scene.MergeAsync(force: true);

        var document = await new PipelineDashboard(scene.Test.Pipeline).DescribeAsync(
            scene.Test.Warehouse, days: 90, wait: null, scene.Test.Reporter, TestWarehouse.Token);

        var panel = document.Tabs.SelectMany(tab => tab.Panels).Single(panel => panel.Id == "engagement-scores");
        Assert.Equal(["90–95", "95–100"], panel.Table!.Rows.Select(row => (string)row[0]!).Distinct(StringComparer.Ordinal));
        Assert.Contains("95–100", panel.Chart!.MarkLines!.Select(line => line.At));
    }

    private static IEnumerable<string> FewIn(DashboardPanel panel)
    {
        var texts = (panel.Facts ?? []).SelectMany(fact => new[] { fact.Value, fact.Note }).Append(panel.Text).OfType<string>()
            .Where(
                text => !panel.Id.StartsWith("metric-null-share", StringComparison.Ordinal)
                    && Regex.IsMatch(
                        text, @"(?<![\d.,-])[+-]?[1-4](?= users|\)| since|\z|, where| to )", RegexOptions.CultureInvariant,
                        TimeSpan.FromSeconds(1)));
        // A share stands for some of the users; what is usual of it is no number of them.
        var (users, bands) = panel.Id.StartsWith("metric-null-share", StringComparison.Ordinal) ? (Users, new[] { "From", "To" }) : (1, []);
        var cells = Cells(panel, DashboardColumnKind.Number)
            .Where(
                cell => !bands.Contains(cell.Column) && !Others.Contains($"{cell.Panel}|{cell.Column}")
                    && !cell.Panel.StartsWith("metric-source-rows", StringComparison.Ordinal)
                    && !cell.Panel.StartsWith("metric-quarantined", StringComparison.Ordinal))
            .Where(
                cell => cell.Value is { } value
                    && Math.Abs(Convert.ToDouble(value, CultureInfo.InvariantCulture)) * users is >= 0.5 and < 4.5)
                    .Select(cell => $"{cell.Column} {cell.Value}");
        return texts.Concat(cells).Select(found => $"{panel.Id}: {found}");
    }

    private static IEnumerable<(string Panel, string Column, object? Value)> Cells(DashboardPanel panel, DashboardColumnKind kind) =>
        panel.Table is { } table
            ? table.Rows.SelectMany(
                row => table.Columns.Zip(row).Where(cell => cell.First.Kind == kind)
                    .Select(cell => (panel.Id, cell.First.Name, cell.Second)))
            : [];

    // Seven regions of six users, three of each above the threshold and three below; five of each have taken up a feature, three with an
    // active account. Of the last region three have a score at all.
    private static Task FillAsync(MergeScene scene) => scene.RunAsync(
        "DELETE FROM DW_C.REGION_METADATA; DELETE FROM DW_C.REGION_THRESHOLDS",
        "INSERT INTO DW_C.REGION_METADATA SELECT 'R' || i, 'Region ' || i, 'Land', 'Core' FROM range(7) AS r(i)",
        "INSERT INTO DW_C.REGION_THRESHOLDS SELECT 'R' || i, DATE '2020-01-01', 30, 70 FROM range(7) AS r(i)",
        "UPDATE DW_A.USER_PROFILE SET REGION_CODE = 'R' || ((USER_ID - 1) // 6), EMAIL = CASE WHEN USER_ID <= 3 THEN NULL ELSE EMAIL END",
        "UPDATE DW_A.USER_PROFILE SET ACCOUNT_STATUS = CASE WHEN (USER_ID - 1) % 6 < 2 THEN 'closed' ELSE 'active' END",
        "DELETE FROM DW_A.ENGAGEMENT_SCORE",
        "INSERT INTO DW_A.ENGAGEMENT_SCORE SELECT USER_ID, DATE '2024-03-30', CASE WHEN USER_ID % 2 = 0 THEN 90 ELSE 10 END FROM DW_A.USER_PROFILE WHERE USER_ID <= 39",
        "INSERT INTO DW_B.FEATURE_ADOPTION SELECT USER_ID, 'Export', 'Reports', TIMESTAMP '2024-03-10', TIMESTAMP '2024-03-20', 1 FROM DW_A.USER_PROFILE WHERE (USER_ID - 1) % 6 < 5");
}
