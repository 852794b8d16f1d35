using LoyaltyPipeline.Core.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

public sealed class SampleShapeTests : IAsyncLifetime
{
    private const int Users = 5000;

    private readonly SourceDatabase database = new();
    private SampleResult? result;

    public async ValueTask InitializeAsync() =>
        result = await database.FillAsync(new SyntheticDataOptions { Users = Users }, token: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void There_are_about_thirty_five_rows_per_user_half_of_them_scores()
    {
        Assert.InRange(result!.Rows / (double)Users, 32, 37);
        Assert.InRange(database.Count("DW_A.USER_ACTIVITY") / (double)Users, 8, 12);
        Assert.InRange(database.Count("DW_A.ENGAGEMENT_SCORE") / (double)Users, 15, 18);
    }

    [Fact]
    public void The_busiest_tenth_of_the_users_has_more_than_three_tenths_of_the_activity() => Assert.InRange(
        database.Scalar<double>($"""
            SELECT SUM(N) FILTER (PLACE <= {Users / 10}) / SUM(N)
            FROM (SELECT COUNT(*) AS N, ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC) AS PLACE FROM DW_A.USER_ACTIVITY GROUP BY USER_ID)
            """),
        0.3,
        0.6);

    [Fact]
    public void A_weekend_day_is_quieter_than_a_weekday() => Assert.InRange(
        database.Scalar<double>("SELECT COUNT(*) FILTER (dayofweek(ACTIVITY_AT) IN (0, 6)) / 2 / (COUNT(*) / 7) FROM DW_A.USER_ACTIVITY"),
        0.4,
        0.75);

    [Fact]
    public void Scores_go_with_activity() => Assert.InRange(
        database.Scalar<double>("""
            SELECT CORR(SCORE, COALESCE(N, 0))
            FROM (SELECT USER_ID, AVG(SCORE) AS SCORE FROM DW_A.ENGAGEMENT_SCORE GROUP BY USER_ID)
            LEFT JOIN (SELECT USER_ID, COUNT(*) AS N FROM DW_A.USER_ACTIVITY GROUP BY USER_ID) USING (USER_ID)
            """),
        0.5,
        0.95);

    [Fact]
    public void Users_sign_up_before_the_period_and_all_through_it()
    {
        Assert.Equal(
            12,
            database.Scalar<long>(
                "SELECT COUNT(DISTINCT DATE_TRUNC('month', SIGNED_UP_AT)) FROM DW_A.USER_PROFILE WHERE SIGNED_UP_AT >= DATE '2025-07-01'"));
        Assert.InRange(database.Count("DW_A.USER_PROFILE WHERE SIGNED_UP_AT < DATE '2025-07-01'") / (double)Users, 0.6, 0.8);
    }

    [Fact]
    public void Regions_features_and_thresholds_are_as_many_as_promised()
    {
        Assert.InRange(database.Count("DW_C.REGION_METADATA"), 8, 12);
        Assert.Equal(3, database.Scalar<long>("SELECT COUNT(DISTINCT REGION_CLASS) FROM DW_C.REGION_METADATA"));
        Assert.Equal(3 * database.Count("DW_C.REGION_METADATA"), database.Count("DW_C.REGION_THRESHOLDS"));
        Assert.Equal(20, database.Scalar<long>("SELECT COUNT(DISTINCT FEATURE_NAME) FROM DW_B.FEATURE_ADOPTION"));
        Assert.Equal(6, database.Scalar<long>("SELECT COUNT(DISTINCT MODULE_NAME) FROM DW_B.FEATURE_ADOPTION"));
        Assert.Equal(
            20, database.Scalar<long>("SELECT COUNT(*) FROM (SELECT DISTINCT FEATURE_NAME, MODULE_NAME FROM DW_B.FEATURE_ADOPTION)"));
    }

    [Theory]
    [InlineData("< LOW_ENGAGEMENT_BELOW")]
    [InlineData(">= HIGHLY_ENGAGED_FROM")]
    [InlineData("BETWEEN LOW_ENGAGEMENT_BELOW AND HIGHLY_ENGAGED_FROM - 0.01")]
    public void Every_segment_has_members_in_every_region(string scoreIs) => Assert.Equal(
        database.Count("DW_C.REGION_METADATA"),
        database.Scalar<long>($"""
            SELECT COUNT(DISTINCT REGION_CODE)
            FROM DW_A.ENGAGEMENT_SCORE JOIN DW_A.USER_PROFILE USING (USER_ID) JOIN DW_C.REGION_THRESHOLDS USING (REGION_CODE)
            WHERE SCORE {scoreIs}
            """));

    [Fact]
    public void All_but_a_few_users_are_scored_from_the_first_day_on() => Assert.InRange(
        database.Scalar<double>($"""
            SELECT COUNT(*) / {Users} FROM DW_A.USER_PROFILE AS u
            WHERE EXISTS (SELECT 1 FROM DW_A.ENGAGEMENT_SCORE AS s WHERE s.USER_ID = u.USER_ID AND SCORE_DATE = GREATEST(CAST(SIGNED_UP_AT AS DATE), DATE '2025-07-01'))
            """),
        0.94,
        0.98);

    [Fact]
    public void One_or_two_users_in_a_hundred_change_segment_on_each_day()
    {
        const string Days = "(SELECT CAST(range AS DATE) AS D FROM range(DATE '2026-04-01', DATE '2026-07-01', INTERVAL 1 DAY))";
        database.Execute($"""
            CREATE TABLE MOVES AS WITH judged AS (
                SELECT u.USER_ID, d.D, CASE WHEN SCORE < LOW_ENGAGEMENT_BELOW THEN 'low' WHEN SCORE >= HIGHLY_ENGAGED_FROM THEN 'high' ELSE 'engaged' END AS SEGMENT
                FROM DW_A.USER_PROFILE AS u CROSS JOIN {Days} AS d
                ASOF JOIN DW_A.ENGAGEMENT_SCORE AS s ON s.USER_ID = u.USER_ID AND d.D >= s.SCORE_DATE
                ASOF JOIN DW_C.REGION_THRESHOLDS AS t ON t.REGION_CODE = u.REGION_CODE AND d.D >= t.EFFECTIVE_FROM)
            SELECT D, COUNT(*) FILTER (SEGMENT <> BEFORE) / COUNT(*) AS SHARE
            FROM (SELECT *, LAG(SEGMENT) OVER (PARTITION BY USER_ID ORDER BY D) AS BEFORE FROM judged) WHERE BEFORE IS NOT NULL GROUP BY D
            """);
        Assert.Equal(90, database.Count("MOVES"));
        Assert.InRange(database.Scalar<double>("SELECT AVG(SHARE) FROM MOVES"), 0.011, 0.02);
        Assert.InRange(database.Scalar<double>("SELECT MIN(SHARE) FROM MOVES"), 0.006, 0.02);
        Assert.InRange(database.Scalar<double>("SELECT MAX(SHARE) FROM MOVES"), 0.011, 0.03);
    }

    [Fact]
    public void No_day_has_many_more_or_fewer_events_than_the_same_day_of_the_week_before() => Assert.InRange(
        database.Scalar<double>("""
            SELECT MAX(ABS(N / BEFORE - 1))
            FROM (SELECT N, LAG(N, 7) OVER (ORDER BY D) AS BEFORE FROM (SELECT CAST(ACTIVITY_AT AS DATE) AS D, COUNT(*) AS N FROM DW_A.USER_ACTIVITY GROUP BY D)) WHERE BEFORE IS NOT NULL
            """),
        0,
        0.35);

    [Fact]
    public void There_is_more_of_everything_at_the_end_than_at_the_beginning()
    {
        foreach (var (table, time) in new[] { ("DW_A.USER_ACTIVITY", "ACTIVITY_AT"), ("DW_B.SUPPORT_CHATS", "STARTED_AT"),
            ("DW_B.PRODUCT_SUPPORT_USAGE", "VIEWED_AT") })
            Assert.True(
                database.Count($"{table} WHERE {time} >= DATE '2026-06-03'") > 1.2
                    * database.Count($"{table} WHERE {time} < DATE '2025-07-29'"), table);
        Assert.True(
            database.Count(
                "DW_A.USER_PROFILE WHERE SIGNED_UP_AT >= DATE '2026-04-01'") > database.Count(
                    "DW_A.USER_PROFILE WHERE SIGNED_UP_AT >= DATE '2025-07-01' AND SIGNED_UP_AT < DATE '2025-10-01'"));
    }

    [Fact]
    public void A_feature_comes_out_and_is_taken_up_week_by_week()
    {
        const string Launched = "DW_B.FEATURE_ADOPTION WHERE FEATURE_NAME = 'voice-assistant'";
        Assert.Equal(
            new DateTime(2026, 5, 16),
            database.Scalar<DateTime>($"SELECT CAST(MIN(CAST(FIRST_USED_AT AS DATE)) AS TIMESTAMP) FROM {Launched}"));
        Assert.InRange(database.Count(Launched) / (double)Users, 0.1, 0.3);
        for (var week = 0; week < 6; week++)
            Assert.InRange(
                database.Count(
                    $"{Launched} AND FIRST_USED_AT >= DATE '2026-05-16' + {week * 7} AND FIRST_USED_AT < DATE '2026-05-16' + {(week + 1) * 7}") / (double)Users, 0.015, 0.06);
    }

    [Fact]
    public void Regions_differ()
    {
        database.Execute(
            "CREATE TABLE BY_CLASS AS SELECT REGION_CLASS, AVG(SCORE) AS SCORE, COUNT(DISTINCT USER_ID) FILTER (SIGNED_UP_AT >= DATE '2025-07-01') / COUNT(DISTINCT USER_ID) AS NEWCOMERS FROM DW_A.USER_PROFILE JOIN DW_C.REGION_METADATA USING (REGION_CODE) JOIN DW_A.ENGAGEMENT_SCORE USING (USER_ID) GROUP BY REGION_CLASS");
        Assert.Equal(["Core", "Growth", "Emerging"], database.Texts("SELECT REGION_CLASS FROM BY_CLASS ORDER BY SCORE DESC"));
        Assert.Equal("Emerging", database.Texts("SELECT REGION_CLASS FROM BY_CLASS ORDER BY NEWCOMERS DESC")[0]);
    }
}
