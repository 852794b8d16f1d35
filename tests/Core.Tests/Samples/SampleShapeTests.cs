using LoyaltyPipeline.Core.Samples;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Samples;

public sealed class SampleShapeTests : IAsyncLifetime
{
    private const int Users = 5000;

    private readonly SourceDatabase database = new();
    private SampleResult? result;

    public async ValueTask InitializeAsync() =>
        result = await database.FillAsync(new SampleOptions { Users = Users }, token: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void There_are_about_twenty_rows_per_user_half_of_them_activity()
    {
        Assert.InRange(result!.Rows / (double)Users, 17, 24);
        Assert.InRange(database.Count("DW_A.USER_ACTIVITY") / (double)Users, 8, 12);
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
        Assert.Equal(12, database.Scalar<long>("SELECT COUNT(DISTINCT DATE_TRUNC('month', SIGNED_UP_AT)) FROM DW_A.USER_PROFILE WHERE SIGNED_UP_AT >= DATE '2025-07-01'"));
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
        Assert.Equal(20, database.Scalar<long>("SELECT COUNT(*) FROM (SELECT DISTINCT FEATURE_NAME, MODULE_NAME FROM DW_B.FEATURE_ADOPTION)"));
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
}
