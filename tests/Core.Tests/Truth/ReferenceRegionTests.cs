using Xunit;
using static LoyaltyPipeline.Core.Tests.Truth.Examples;
using static LoyaltyPipeline.Core.Tests.Truth.Moments;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>The columns that come from the regional tables, and the segment.</summary>
[Trait("Group", "TestSupport")]
public sealed class ReferenceRegionTests
{
    [Fact]
    public void A_known_region_gives_its_name_and_class()
    {
        var row = Row(new() { RegionMetadata = [Region("US"), Region("EU")] });

        Assert.Equal("Region EU", row.RegionName);
        Assert.Equal("Growth", row.RegionClass);
    }

    [Theory]
    [InlineData("eu")]
    [InlineData("")]
    [InlineData(null)]
    public void An_unknown_region_gives_neither_name_nor_thresholds(string? region)
    {
        var row = Row(new()
        {
            UserProfile = [Profile(7) with { RegionCode = region }],
            RegionMetadata = [Region("EU")],
            RegionThresholds = [Thresholds("2024-01-01", 40m, 80m)],
            EngagementScore = [Score("2024-03-01", 50m)],
        });

        Assert.Equal(region, row.RegionCode);
        Assert.Null(row.RegionName);
        Assert.Null(row.RegionClass);
        Assert.Null(row.LowEngagementBelow);
        Assert.Null(row.HighlyEngagedFrom);
        Assert.Equal("Unscored", row.EngagementSegment);
    }

    [Fact]
    public void Thresholds_are_those_of_the_latest_period_up_to_the_day_and_need_no_metadata()
    {
        var row = Row(new()
        {
            RegionThresholds =
            [
                Thresholds("2024-01-01", 30m, 70m), Thresholds("2024-03-31", 35m, 75m), Thresholds("2024-04-01", 40m, 80m),
                new("US", Date("2024-03-31"), 1m, 2m),
            ],
        });

        Assert.Equal(35m, row.LowEngagementBelow);
        Assert.Equal(75m, row.HighlyEngagedFrom);
        Assert.Null(row.RegionName);
        Assert.Equal("Unscored", row.EngagementSegment);
    }

    [Theory]
    [InlineData("39.99", "Low Engagement")]
    [InlineData("40.00", "Engaged")]
    [InlineData("79.99", "Engaged")]
    [InlineData("80.00", "Highly Engaged")]
    public void A_score_on_a_threshold_belongs_to_the_upper_segment(string score, string segment)
    {
        var row = Row(new()
        {
            EngagementScore = [Score("2024-03-01", decimal.Parse(score))],
            RegionThresholds = [Thresholds("2024-01-01", 40m, 80m)],
        });

        Assert.Equal(segment, row.EngagementSegment);
    }

    [Fact]
    public void With_equal_thresholds_highly_engaged_wins()
    {
        var row = Row(new()
        {
            EngagementScore = [Score("2024-03-01", 50m)],
            RegionThresholds = [Thresholds("2024-01-01", 50m, 50m)],
        });

        Assert.Equal("Highly Engaged", row.EngagementSegment);
    }

    [Fact]
    public void Inverted_thresholds_are_rejected_and_the_period_before_stays_in_force()
    {
        var sources = new SourceData { RegionThresholds = [Thresholds("2024-01-01", 30m, 70m), Thresholds("2024-02-01", 70m, 30m)] };

        Assert.Equal(30m, Row(sources).LowEngagementBelow);
        Assert.Equal([new("DW_C.REGION_THRESHOLDS", "EU|2024-02-01", "range")], Build(sources).Rejected);
    }
}
