using LoyaltyPipeline.Core.Integrity.Anomalies;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Anomalies;

/// <summary>Which parts of a metric moved, and by how much.</summary>
public sealed class ContributorsTests
{
    private static readonly SeriesJudgement Whole = Of(expected: 1000, actual: 800);

    [Fact]
    public void The_part_that_moved_most_comes_first_with_its_share()
    {
        var parts = Contributors.Of(
            Whole, [("EU", Of(500, 490)), ("US", Of(300, 100)), ("APAC", Of(200, 210)), ("none", Of(7, 7))], addUp: true);

        Assert.Equal(
            [new MetricContribution("US", -200, 1), new MetricContribution("APAC", 10, -0.05), new MetricContribution("EU", -10, 0.05)],
            parts);
    }

    [Fact]
    public void Parts_of_a_mean_have_no_share() =>
        Assert.Equal([new MetricContribution("US", -3, null)], Contributors.Of(Whole, [("US", Of(50, 47))], addUp: false));

    [Fact]
    public void A_part_of_which_nothing_is_known_is_left_out() =>
        Assert.Empty(
            Contributors.Of(
                Whole, [("new", new SeriesJudgement(Whole.Day, AnomalyStatus.NotEnoughHistory, 3) { Actual = 5 })], addUp: true));

    private static SeriesJudgement Of(double expected, double actual) =>
        new(new DateOnly(2026, 6, 30), AnomalyStatus.Anomalous, 100) { Expected = expected, Actual = actual };
}
