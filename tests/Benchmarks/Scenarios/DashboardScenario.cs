using LoyaltyPipeline.Benchmarks.Measuring;
using LoyaltyPipeline.Benchmarks.Reporting;
using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>
/// The dashboard of 400 days of the sample's users: two days are merged and tested; what is logged of the days before is made of what was
/// logged of them.
/// </summary>
internal sealed class DashboardScenario : IScenario
{
    private const int Days = 400;

    private static readonly DateOnly Day = new SyntheticDataOptions().LastDay;

    // Each day before as the first merged one, give or take; runs a day apart, with their steps, sources and rejected rows; a test run a
    // day.
    private static readonly string[] Past =
    [
        $"CREATE TEMP TABLE PAST AS SELECT range AS BACK FROM range(1, {Days - 1})",
        "CREATE TEMP TABLE FIRST_DAY AS SELECT MIN(SNAPSHOT_DATE) AS DAY FROM LOYALTY.SNAPSHOT",
        "CREATE TEMP TABLE FIRST_RUN AS SELECT * FROM LOYALTY.RUN WHERE KIND = 'Merge' AND RUN_DATE = (SELECT DAY FROM FIRST_DAY)",
        "CREATE TEMP TABLE TEST_RUN AS SELECT * FROM LOYALTY.RUN WHERE KIND = 'Test'",
        """
        INSERT INTO LOYALTY.METRIC SELECT CAST(RUN_DATE - CAST(BACK AS INTEGER) AS DATE), METRIC, REGION_CODE, ROUND(VALUE * (1 + 0.05 * SIN(BACK * 12.9898)), 3)
        FROM LOYALTY.METRIC, PAST WHERE RUN_DATE = (SELECT DAY FROM FIRST_DAY)
        """,
        "INSERT INTO LOYALTY.SNAPSHOT SELECT CAST(SNAPSHOT_DATE - CAST(BACK AS INTEGER) AS DATE), RUN_ID, ROW_COUNT, WRITTEN_AT FROM LOYALTY.SNAPSHOT, PAST WHERE SNAPSHOT_DATE = (SELECT DAY FROM FIRST_DAY)",
        $"UPDATE LOYALTY.HISTORY SET VALID_FROM = CAST(VALID_FROM - {Days} AS DATE) WHERE VALID_FROM = (SELECT DAY FROM FIRST_DAY)",
        """
        INSERT INTO LOYALTY.ADOPTION BY NAME SELECT * EXCLUDE (BACK) REPLACE (CAST(RUN_DATE - CAST(BACK AS INTEGER) AS DATE) AS RUN_DATE) FROM LOYALTY.ADOPTION, PAST WHERE RUN_DATE = (SELECT DAY FROM FIRST_DAY)
        """,
        """
        INSERT INTO LOYALTY.RUN BY NAME SELECT * EXCLUDE (BACK) REPLACE ('0' || LPAD(CAST(1000 - BACK AS VARCHAR), 4, '0') || RUN_ID AS RUN_ID, CAST(RUN_DATE - CAST(BACK AS INTEGER) AS DATE) AS RUN_DATE, STARTED_AT - TO_DAYS(CAST(BACK AS INTEGER)) AS STARTED_AT)
        FROM FIRST_RUN, PAST
        """,
        """
        INSERT INTO LOYALTY.RUN_STEP BY NAME SELECT s.* REPLACE ('0' || LPAD(CAST(1000 - BACK AS VARCHAR), 4, '0') || s.RUN_ID AS RUN_ID, ROUND(s.SECONDS * (1 + 0.05 * SIN(BACK * 12.9898)), 3) AS SECONDS, s.STARTED_AT - TO_DAYS(CAST(BACK AS INTEGER)) AS STARTED_AT)
        FROM LOYALTY.RUN_STEP AS s, PAST WHERE s.RUN_ID = (SELECT RUN_ID FROM FIRST_RUN)
        """,
        """
        INSERT INTO LOYALTY.RUN_SOURCE BY NAME SELECT s.* REPLACE ('0' || LPAD(CAST(1000 - BACK AS VARCHAR), 4, '0') || s.RUN_ID AS RUN_ID, s.ROWS_READ - BACK AS ROWS_READ, s.ROWS_USED - BACK AS ROWS_USED)
        FROM LOYALTY.RUN_SOURCE AS s, PAST WHERE s.RUN_ID = (SELECT RUN_ID FROM FIRST_RUN)
        """,
        """
        INSERT INTO LOYALTY.RUN BY NAME SELECT * EXCLUDE (BACK) REPLACE ('0' || LPAD(CAST(1000 - BACK AS VARCHAR), 4, '0') || RUN_ID AS RUN_ID, STARTED_AT - TO_DAYS(CAST(BACK AS INTEGER)) AS STARTED_AT) FROM TEST_RUN, PAST
        """,
        """
        INSERT INTO LOYALTY.CHECK_RESULT BY NAME SELECT c.* REPLACE ('0' || LPAD(CAST(1000 - BACK AS VARCHAR), 4, '0') || c.RUN_ID AS RUN_ID, c.CHECKED_AT - TO_DAYS(CAST(BACK AS INTEGER)) AS CHECKED_AT)
        FROM LOYALTY.CHECK_RESULT AS c, PAST
        """,
        "CHECKPOINT",
    ];

    public string Name => "dashboard";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        await workspace.EnsureSampleWarehouseAsync(options, cancellationToken);
        var (warehouse, page) = (workspace.PathOf("dashboard.duckdb"), workspace.PathOf("dashboard.html"));
        Progress.Say(Name, $"preparing {Days} days");
        Workspace.CopyWarehouse(workspace.SampleWarehouse, warehouse);
        foreach (var day in new[] { Day.AddDays(-1), Day })
            await MergeTask.StartAsync(warehouse, day, planOnly: false, cancellationToken);
        await IntegrityTask.StartAsync(warehouse, cancellationToken);
        DuckDbFile.Execute(warehouse, Past);

        var pages = new List<MeasuredRun>();
        var opened = new List<double>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            Progress.Say(Name, $"round {round}");
            pages.Add(await DashboardTask.StartAsync(warehouse, page, Days, cancellationToken));
            if (await BrowserPage.FirstChartAsync(page) is { } seconds)
                opened.Add(seconds);
        }

        Workspace.DeleteWarehouse(warehouse);
        var figures = new List<Figure>
        {
            new(Name, $"dashboard of {Days} days, {options.Users} users", "s", [.. pages.Select(run => run.Seconds)])
            {
                Target = new Target(5),
            },
            new(Name, "size of the page", "MB", [.. pages.Select(run => run.Parts["bytes"] / 1e6)]) { Target = new Target(1.6) },
            new(Name, "peak memory", "MB", [.. pages.Select(run => run.PeakMegabytes)]),
        };
        if (opened.Count > 0)
            figures.Add(new Figure(Name, "from opening to the first chart, headless Chromium", "s", opened) { Target = new Target(1) });
        return figures;
    }
}
