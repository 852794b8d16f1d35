using Xunit;
using static LoyaltyPipeline.Core.Tests.Truth.Examples;
using static LoyaltyPipeline.Core.Tests.Truth.Moments;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Each column of Master, worked out by hand from the design.</summary>
[Trait("Group", "TestSupport")]
public sealed class ReferenceMasterTests
{
    [Fact]
    public void A_user_without_rows_elsewhere_has_zeros_and_nulls()
    {
        var row = Row(new());

        var expected = new MasterRow
        {
            UserId = 7,
            Email = "u7@example.com",
            FullName = "User 7",
            Phone = "+32 7",
            RegionCode = "EU",
            AccountType = "standard",
            AccountStatus = "active",
            MarketingConsent = true,
            SignedUpAt = Time("2023-01-01 08:00:00"),
            Logins30D = 0,
            PurchasesTotal = 0,
            PurchaseAmountTotal = 0.00m,
            Purchases30D = 0,
            FeedbackCount = 0,
            RepeatEngagements = 0,
            FeaturesAdopted = 0,
            ModulesAdopted = 0,
            RetentionActions = 0,
            SupportCalls30D = 0,
            SupportChats30D = 0,
            OpenTickets = 0,
            Tickets30D = 0,
            OpenServiceRequests = 0,
            HelpViews30D = 0,
            EngagementSegment = "Unscored",
        };
        Assert.Null(MasterDifference.Describe([expected], [row]));
    }

    [Fact]
    public void Rows_come_by_user_and_only_for_users_of_the_day()
    {
        var result = Build(new()
        {
            UserProfile =
            [
                Profile(9) with { SignedUpAt = Time("2024-03-31 23:59:59.999999") },
                Profile(8) with { SignedUpAt = Time("2024-04-01") },
                Profile(-1),
            ],
        });

        Assert.Equal([-1, 9], result.Master.Select(row => row.UserId));
        Assert.Equal(new SourceCount(3, 3, 0), result.Counts["DW_A.USER_PROFILE"]);
    }

    [Fact]
    public void Without_profiles_there_is_no_master()
    {
        var result = ReferenceMaster.Build(new(), RunDate);

        Assert.Empty(result.Master);
        Assert.Equal(SourceDefinitions.All.Select(source => source.Table).Order(), result.Counts.Keys.Order());
        Assert.All(result.Counts.Values, count => Assert.Equal(new SourceCount(0, 0, 0), count));
    }

    [Fact]
    public void Logins()
    {
        var row = Row(new()
        {
            UserActivity =
            [
                Activity(1, "login") with { ActivityAt = Time("2024-03-01 23:59:59.999999") },
                Activity(2, "login") with { ActivityAt = Time("2024-03-02") },
                Activity(3, "login") with { ActivityAt = Time("2024-03-31 23:59:59.999999") },
                Activity(4, "login") with { ActivityAt = Time("2024-04-01") },
            ],
        });

        Assert.Equal(Time("2024-03-31 23:59:59.999999"), row.LastLoginAt);
        Assert.Equal(2, row.Logins30D);
        Assert.Equal(Time("2024-03-31 23:59:59.999999"), row.LastActivityAt);
        Assert.Null(row.LastPurchaseAt);
    }

    [Fact]
    public void Purchases_with_a_missing_and_a_negative_amount()
    {
        var row = Row(new()
        {
            UserActivity =
            [
                Activity(1, "purchase") with { ActivityAt = Time("2024-01-05"), Amount = 19.99m },
                Activity(2, "purchase") with { ActivityAt = Time("2024-03-02"), Amount = null },
                Activity(3, "purchase") with { ActivityAt = Time("2024-03-30"), Amount = -5.00m },
                Activity(4, "feedback") with { ActivityAt = Time("2024-03-31"), Amount = 1000m },
            ],
        });

        Assert.Equal(3, row.PurchasesTotal);
        Assert.Equal(14.99m, row.PurchaseAmountTotal);
        Assert.Equal(2, row.Purchases30D);
        Assert.Equal(Time("2024-03-30"), row.LastPurchaseAt);
        Assert.Equal(Time("2024-03-31"), row.LastActivityAt);
        Assert.Equal(0, row.Logins30D);
    }

    [Fact]
    public void Feedback_counts_without_ratings_and_averages_only_ratings_of_feedback()
    {
        var row = Row(new()
        {
            UserActivity =
            [
                Activity(1, "feedback") with { Rating = 4 },
                Activity(2, "feedback") with { Rating = 5 },
                Activity(3, "feedback"),
                Activity(4, "login") with { Rating = 1 },
            ],
        });

        Assert.Equal(3, row.FeedbackCount);
        Assert.Equal(4.50m, row.AverageRating);
    }

    [Theory]
    [InlineData(8, 17, "2.13")] // 2.125
    [InlineData(200, 201, "1.01")] // 1.005, which a double holds as 1.00499…
    [InlineData(40, 41, "1.03")] // 1.025
    [InlineData(3, 5, "1.67")]
    [InlineData(3, 4, "1.33")]
    [InlineData(1, 5, "5.00")]
    public void Averages_round_half_away_from_zero(int count, int sum, string expected)
    {
        var ratings = Enumerable.Range(0, count).Select(i => (sum / count) + (i < sum % count ? 1 : 0)).ToList();
        var row = Row(new()
        {
            UserActivity = [.. ratings.Select((rating, i) => Activity(i, "feedback") with { Rating = rating })],
            SupportChats = [.. ratings.Select((rating, i) => Chat(i) with { Satisfaction = rating })],
        });

        Assert.Equal(decimal.Parse(expected), row.AverageRating);
        Assert.Equal(decimal.Parse(expected), row.AverageChatSatisfaction);
    }

    [Fact]
    public void The_latest_score_up_to_the_day()
    {
        var row = Row(new()
        {
            EngagementScore = [Score("2024-03-31", 12.34m), Score("2024-01-31", 99m), Score("2024-04-01", 50m)],
        });

        Assert.Equal(12.34m, row.EngagementScore);
        Assert.Equal(Date("2024-03-31"), row.EngagementScoreDate);
    }

    [Fact]
    public void Repeat_engagements_add_up_over_types()
    {
        var row = Row(new()
        {
            RepeatEngagements =
            [
                new(7, "purchase", 3, Noon),
                new(7, "login", 0, Noon),
                new(7, "visit", 4, Time("2024-03-31 23:59:59.999999")),
                new(7, "call", 100, Time("2024-04-01")),
            ],
        });

        Assert.Equal(7, row.RepeatEngagements);
    }

    [Fact]
    public void Features_and_their_modules()
    {
        var row = Row(new()
        {
            FeatureAdoption =
            [
                Feature("export", "reports"), Feature("print", "reports"), Feature("chat", "Reports"),
                Feature("later", "other") with { FirstUsedAt = Time("2024-04-01"), LastUsedAt = Time("2024-04-02") },
            ],
        });

        Assert.Equal(3, row.FeaturesAdopted);
        Assert.Equal(2, row.ModulesAdopted);
        Assert.Equal(Time("2024-03-10"), row.LastFeatureUsedAt);
    }

    [Fact]
    public void A_last_use_after_the_day_gives_way_to_the_first_use()
    {
        var row = Row(new()
        {
            FeatureAdoption =
            [
                Feature("export", "reports") with { FirstUsedAt = Time("2024-03-15"), LastUsedAt = Time("2024-04-01") },
                Feature("print", "reports") with { LastUsedAt = Time("2024-03-14 23:59:59.999999") },
            ],
        });

        Assert.Equal(2, row.FeaturesAdopted);
        Assert.Equal(Time("2024-03-15"), row.LastFeatureUsedAt);
    }

    [Fact]
    public void The_latest_retention_action_by_time_then_id()
    {
        var row = Row(new()
        {
            RetentionAction =
            [
                Action(12, "call", "retained"),
                Action(3, "mail", "churned"),
                Action(99, "offer", "pending") with { ActionAt = Time("2024-03-19") },
                Action(100, "visit", "pending") with { ActionAt = Time("2024-04-01") },
            ],
        });

        Assert.Equal(3, row.RetentionActions);
        Assert.Equal("call", row.LastRetentionAction);
        Assert.Equal(Noon, row.LastRetentionActionAt);
        Assert.Equal("retained", row.LastRetentionOutcome);
    }
}
