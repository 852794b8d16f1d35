using Xunit;
using static LoyaltyPipeline.Core.Tests.Truth.Examples;
using static LoyaltyPipeline.Core.Tests.Truth.Moments;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Which of several rows of a key wins. Every case is tried in both orders.</summary>
[Trait("Group", "TestSupport")]
public sealed class ReferenceWinnerTests
{
    // By UTF-16 units the mathematical A (a surrogate pair) would sort before the full-width tilde.
    private const string FullWidthTilde = "\uFF5E";
    private const string MathematicalA = "\U0001D49C";

    public static TheoryData<UserProfileRow, UserProfileRow> Profiles { get; } = new()
    {
        { Profile(7) with { UpdatedAt = Time("2024-01-01"), Email = "z" },
            Profile(7) with { UpdatedAt = Time("2024-01-01 00:00:00.000001"), Email = "a" } },
        { Profile(7) with { Email = null, FullName = "z" }, Profile(7) with { Email = "", FullName = "a" } },
        { Profile(7) with { Email = "Z" }, Profile(7) with { Email = "a" } },
        { Profile(7) with { Email = "a" }, Profile(7) with { Email = "a " } },
        { Profile(7) with { FullName = "Zoe" }, Profile(7) with { FullName = "Zo\u00EB" } },
        { Profile(7) with { FullName = FullWidthTilde }, Profile(7) with { FullName = MathematicalA } },
        { Profile(7) with { Phone = "1" }, Profile(7) with { Phone = "2" } },
        { Profile(7) with { RegionCode = "EU" }, Profile(7) with { RegionCode = "US" } },
        { Profile(7) with { AccountType = "plus" }, Profile(7) with { AccountType = "premium" } },
        { Profile(7) with { AccountStatus = "closed" }, Profile(7) with { AccountStatus = "suspended" } },
        { Profile(7) with { MarketingConsent = true }, Profile(7) with { MarketingConsent = false } },
        { Profile(7) with { Email = "z", MarketingConsent = true }, Profile(7) with { Email = "a", MarketingConsent = false } },
        { Profile(7) with { UpdatedAt = Time("2024-01-01"), MarketingConsent = false },
            Profile(7) with { UpdatedAt = Time("2024-01-02"), MarketingConsent = true } },
        { Profile(7) with { SignedUpAt = Time("2022-01-01") }, Profile(7) with { SignedUpAt = Time("2022-01-02") } },
        { Profile(7) with { Email = "a", MarketingConsent = true }, Profile(7) with { Email = "b", MarketingConsent = false } },
    };

    [Theory]
    [MemberData(nameof(Profiles))]
    public void The_better_profile_wins(UserProfileRow loser, UserProfileRow winner)
    {
        foreach (var rows in new[] { new[] { loser, winner }, [winner, loser] })
        {
            var result = Build(new() { UserProfile = rows });

            var expected = ReferenceMaster.Build(new() { UserProfile = [winner] }, RunDate).Master;
            Assert.Null(MasterDifference.Describe(expected, result.Master));
            Assert.Equal([new("DW_A.USER_PROFILE", "7", "duplicate")], result.Rejected);
            Assert.Equal(new SourceCount(2, 1, 1), result.Counts["DW_A.USER_PROFILE"]);
        }
    }

    [Fact]
    public void A_profile_that_wins_but_signs_up_later_takes_the_user_out_of_the_day()
    {
        var result = Build(new()
        {
            UserProfile = [Profile(7), Profile(7) with { UpdatedAt = Time("2024-05-01"), SignedUpAt = Time("2024-04-01") }],
        });

        Assert.Empty(result.Master);
    }

    [Fact]
    public void Of_three_equal_rows_two_are_duplicates()
    {
        var result = Build(new() { UserActivity = [Activity(1, "login"), Activity(1, "login"), Activity(1, "login")] });

        Assert.Equal(1, Assert.Single(result.Master).Logins30D);
        Assert.Equal(Enumerable.Repeat(new RejectedRow("DW_A.USER_ACTIVITY", "1", "duplicate"), 2), result.Rejected);
        Assert.Equal(new SourceCount(3, 1, 2), result.Counts["DW_A.USER_ACTIVITY"]);
    }

    [Fact]
    public void A_rejected_row_does_not_compete_and_neither_does_one_of_a_later_day()
    {
        var result = Build(new()
        {
            UserActivity =
            [
                Activity(1, "purchase") with { Amount = 5m },
                Activity(1, "purchase") with { ActivityAt = Time("2024-03-30"), Rating = 6 },
                Activity(1, "purchase") with { ActivityAt = Time("2024-03-30"), UserId = 8 },
                Activity(1, "purchase") with { ActivityAt = Time("2024-04-01") },
            ],
        });

        Assert.Equal(5m, Assert.Single(result.Master).PurchaseAmountTotal);
        Assert.Equal([new("DW_A.USER_ACTIVITY", "1", "orphan"), new("DW_A.USER_ACTIVITY", "1", "range")], result.Rejected);
    }

    [Fact]
    public void An_activity_is_decided_by_time_user_type_amount_rating()
    {
        Assert.Equal(1, Of(Activity(1, "purchase") with { UserId = 6 }, Activity(1, "login")).Logins30D);
        Assert.Equal(1, Of(Activity(1, "login"), Activity(1, "purchase")).PurchasesTotal);
        Assert.Equal(0m, Of(Activity(1, "purchase"), Activity(1, "purchase") with { Amount = 0m }).PurchaseAmountTotal);
        Assert.Equal(
            10m, Of(Activity(1, "purchase") with { Amount = 9m }, Activity(1, "purchase") with { Amount = 10m }).PurchaseAmountTotal);
        Assert.Equal(1m, Of(Activity(1, "feedback"), Activity(1, "feedback") with { Rating = 1 }).AverageRating);

        static MasterRow Of(UserActivityRow loser, UserActivityRow winner) => OfBoth(
            loser, winner, rows => new() { UserProfile = [Profile(6), Profile(7)], UserActivity = rows });
    }

    [Fact]
    public void Where_the_key_holds_the_event_time_the_remaining_columns_decide()
    {
        Assert.Equal(10m, OfBoth(
            Score("2024-03-01", 9m), Score("2024-03-01", 10m), rows => new() { EngagementScore = rows }).EngagementScore);
        Assert.Equal(4, OfBoth<SupportCallsRow>(
            new(7, Date("2024-03-01"), 3), new(7, Date("2024-03-01"), 4), rows => new() { SupportCalls = rows }).SupportCalls30D);
        Assert.Equal(9m, OfBoth(
            Thresholds("2024-01-01", 1m, 8m), Thresholds("2024-01-01", 1m, 9m),
            rows => new() { RegionThresholds = rows }).HighlyEngagedFrom);
        Assert.Equal(2m, OfBoth(
            Thresholds("2024-01-01", 1m, 9m), Thresholds("2024-01-01", 2m, 8m),
            rows => new() { RegionThresholds = rows }).LowEngagementBelow);
    }

    [Fact]
    public void A_feature_is_decided_by_its_last_use_also_after_the_day_then_module_then_first_use()
    {
        var feature = Feature("x", "a");
        var later = feature with { LastUsedAt = Time("2024-05-01"), FirstUsedAt = Time("2024-01-05") };

        Assert.Equal(Time("2024-01-05"), Of(feature, later).LastFeatureUsedAt);
        Assert.Equal(Time("2024-01-06"), Of(later, later with { FirstUsedAt = Time("2024-01-06") }).LastFeatureUsedAt);
        Assert.Equal(
            Time("2024-01-05"), Of(later with { FirstUsedAt = Time("2024-01-06") }, later with { ModuleName = "b" }).LastFeatureUsedAt);

        static MasterRow Of(FeatureAdoptionRow loser, FeatureAdoptionRow winner) =>
            OfBoth(loser, winner, rows => new() { FeatureAdoption = rows });
    }

    [Fact]
    public void Without_an_event_time_the_columns_decide_alone()
    {
        Assert.Equal("b", OfBoth(
            Region("EU") with { RegionName = "a", RegionClass = "Growth" },
            Region("EU") with { RegionName = "b", RegionClass = "Core" },
            rows => new() { RegionMetadata = rows }).RegionName);
        Assert.Equal("Core", OfBoth(
            Region("EU") with { Country = "BE", RegionClass = "Growth" },
            Region("EU") with { Country = "DE", RegionClass = "Core" },
            rows => new() { RegionMetadata = rows }).RegionClass);
    }

    /// <summary>User 7 where both rows are there, in either order.</summary>
    private static MasterRow OfBoth<TRow>(TRow loser, TRow winner, Func<TRow[], SourceData> sources)
    {
        var row = Build(sources([loser, winner])).Master.Single(master => master.UserId == 7);
        Assert.Equal(row, Build(sources([winner, loser])).Master.Single(master => master.UserId == 7));
        return row;
    }
}
