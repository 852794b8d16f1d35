using Xunit;
using static LoyaltyPipeline.Core.Tests.Truth.Examples;
using static LoyaltyPipeline.Core.Tests.Truth.Moments;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Which rows are rejected, under which rule, and which do not count at all.</summary>
[Trait("Group", "TestSupport")]
public sealed class ReferenceRejectionTests
{
    public static TheoryData<string, SourceData, string, string> BadRows { get; } = new()
    {
        { "DW_A.USER_PROFILE", new() { UserProfile = [Profile(1) with { UserId = null, AccountType = "gold" }] }, "NULL", "null_key" },
        { "DW_A.USER_PROFILE", new() { UserProfile = [Profile(1) with { AccountStatus = null, AccountType = "gold" }] }, "1", "not_null" },
        { "DW_A.USER_PROFILE", new() { UserProfile = [Profile(1) with { MarketingConsent = null }] }, "1", "not_null" },
        { "DW_A.USER_PROFILE", new() { UserProfile = [Profile(1) with { SignedUpAt = null }] }, "1", "not_null" },
        { "DW_A.USER_PROFILE", new() { UserProfile = [Profile(1) with { UpdatedAt = null }] }, "1", "not_null" },
        { "DW_A.USER_PROFILE", new() { UserProfile = [Profile(1) with { AccountType = "Plus" }] }, "1", "accepted_values" },
        { "DW_A.USER_PROFILE", new() { UserProfile = [Profile(1) with { AccountStatus = "" }] }, "1", "accepted_values" },
        { "DW_A.USER_ACTIVITY", new() { UserActivity = [Activity(1, "login") with { ActivityId = null }] }, "NULL", "null_key" },
        { "DW_A.USER_ACTIVITY", new() { UserActivity = [Activity(1, "login") with { UserId = null }] }, "1", "not_null" },
        { "DW_A.USER_ACTIVITY", new() { UserActivity = [Activity(1, "login") with { ActivityAt = null }] }, "1", "not_null" },
        { "DW_A.USER_ACTIVITY", new() { UserActivity = [Activity(1, "refund") with { Rating = 9 }] }, "1", "accepted_values" },
        { "DW_A.USER_ACTIVITY", new() { UserActivity = [Activity(1, "login") with { Rating = 0, UserId = 8 }] }, "1", "range" },
        { "DW_A.USER_ACTIVITY", new() { UserActivity = [Activity(1, "feedback") with { Rating = 6 }] }, "1", "range" },
        { "DW_A.USER_ACTIVITY", new() { UserActivity = [Activity(1, "login") with { UserId = 8 }] }, "1", "orphan" },
        { "DW_A.ENGAGEMENT_SCORE", new() { EngagementScore = [new(7, null, 50m)] }, "7|NULL", "null_key" },
        { "DW_A.ENGAGEMENT_SCORE", new() { EngagementScore = [Score("2024-03-01", 0m) with { Score = null }] }, "7|2024-03-01",
            "not_null" },
        { "DW_A.ENGAGEMENT_SCORE", new() { EngagementScore = [Score("2024-03-01", -0.01m)] }, "7|2024-03-01", "range" },
        { "DW_A.ENGAGEMENT_SCORE", new() { EngagementScore = [Score("2024-03-01", 100.01m)] }, "7|2024-03-01", "range" },
        { "DW_A.ENGAGEMENT_SCORE", new() { EngagementScore = [Score("2024-03-01", 1m) with { UserId = 8 }] }, "8|2024-03-01", "orphan" },
        { "DW_A.REPEAT_ENGAGEMENTS", new() { RepeatEngagements = [new(7, "visit", -1, Noon)] }, "7|visit", "range" },
        { "DW_A.REPEAT_ENGAGEMENTS", new() { RepeatEngagements = [new(7, "visit", 1, null)] }, "7|visit", "not_null" },
        { "DW_B.FEATURE_ADOPTION", new() { FeatureAdoption = [Feature("x", "y") with { UseCount = -1 }] }, "7|x", "range" },
        { "DW_B.FEATURE_ADOPTION", new() { FeatureAdoption = [Feature("x", "y") with { FirstUsedAt = null }] }, "7|x", "not_null" },
        { "DW_B.RETENTION_ACTION", new() { RetentionAction = [Action(1, "call", "won")] }, "1", "accepted_values" },
        { "DW_B.RETENTION_ACTION", new() { RetentionAction = [Action(1, "call", "churned") with { ActionType = null }] }, "1", "not_null" },
        { "DW_B.SUPPORT_CALLS", new() { SupportCalls = [new(7, Date("2024-03-01"), -1)] }, "7|2024-03-01", "range" },
        { "DW_B.SUPPORT_CHATS", new() { SupportChats = [Chat(1) with { DurationSeconds = -1 }] }, "1", "range" },
        { "DW_B.SUPPORT_CHATS", new() { SupportChats = [Chat(1) with { Satisfaction = 0 }] }, "1", "range" },
        { "DW_B.ISSUE_TICKETS", new() { IssueTickets = [Ticket(1) with { Category = "billing" }] }, "1", "accepted_values" },
        { "DW_B.ISSUE_TICKETS", new() { IssueTickets = [Ticket(1) with { Severity = "LOW" }] }, "1", "accepted_values" },
        { "DW_B.SERVICE_REQUESTS", new() { ServiceRequests = [Request(1, "lost")] }, "1", "accepted_values" },
        { "DW_B.SERVICE_REQUESTS", new() { ServiceRequests = [Request(1, "open") with { RequestType = "x" }] }, "1", "accepted_values" },
        { "DW_B.PRODUCT_SUPPORT_USAGE", new() { ProductSupportUsage = [HelpView(1) with { ContentType = "video" }] }, "1",
            "accepted_values" },
        { "DW_B.PRODUCT_SUPPORT_USAGE", new() { ProductSupportUsage = [HelpView(1) with { ContentId = null }] }, "1", "not_null" },
        { "DW_C.REGION_METADATA", new() { RegionMetadata = [Region("EU") with { RegionCode = null }] }, "NULL", "null_key" },
        { "DW_C.REGION_METADATA", new() { RegionMetadata = [Region("EU") with { Country = null }] }, "EU", "not_null" },
        { "DW_C.REGION_METADATA", new() { RegionMetadata = [Region("EU") with { RegionClass = "core" }] }, "EU", "accepted_values" },
        { "DW_C.REGION_THRESHOLDS", new() { RegionThresholds = [new("EU", null, 1m, 2m)] }, "EU|NULL", "null_key" },
        { "DW_C.REGION_THRESHOLDS", new() { RegionThresholds = [new("EU", Date("2024-01-01"), null, 2m)] }, "EU|2024-01-01", "not_null" },
        { "DW_C.REGION_THRESHOLDS", new() { RegionThresholds = [Thresholds("2024-01-01", 2m, 1m)] }, "EU|2024-01-01", "range" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public void A_bad_row_is_rejected_once_under_the_first_rule_it_breaks(string table, SourceData sources, string key, string rule)
    {
        var result = Build(sources);

        Assert.Equal([new(table, key, rule)], result.Rejected);
        Assert.Equal(new SourceCount(1, 0, 1), result.Counts[table]);
    }

    [Fact]
    public void Extremes_of_a_range_are_in_it()
    {
        var result = Build(new()
        {
            UserActivity = [Activity(1, "feedback") with { Rating = 1 }, Activity(2, "login") with { Rating = 5 }],
            EngagementScore = [Score("2024-03-01", 0m), Score("2024-03-02", 100m)],
            SupportCalls = [new(7, Date("2024-03-01"), 0)],
            SupportChats = [Chat(1) with { DurationSeconds = 0, Satisfaction = 5 }],
            RegionThresholds = [Thresholds("2024-01-01", 50m, 50m)],
        });

        Assert.Empty(result.Rejected);
    }

    [Fact]
    public void Rows_of_later_days_are_neither_read_nor_rejected_however_bad()
    {
        var tomorrow = Time("2024-04-01");
        var result = Build(new()
        {
            UserActivity = [Activity(1, "nonsense") with { ActivityAt = tomorrow, ActivityId = null }],
            EngagementScore = [Score("2024-04-01", -5m)],
            FeatureAdoption = [Feature("x", "y") with { FirstUsedAt = tomorrow, UseCount = -1 }],
            RegionThresholds = [Thresholds("2024-04-01", 2m, 1m)],
        });

        Assert.Empty(result.Rejected);
        Assert.Equal(new SourceCount(0, 0, 0), result.Counts["DW_A.USER_ACTIVITY"]);
        Assert.Equal(new SourceCount(0, 0, 0), result.Counts["DW_C.REGION_THRESHOLDS"]);
    }

    [Fact]
    public void A_feature_counts_by_its_first_use_and_a_profile_always()
    {
        var result = Build(new()
        {
            UserProfile = [Profile(7) with { UpdatedAt = Time("2030-01-01") }],
            FeatureAdoption = [Feature("x", "y") with { LastUsedAt = Time("2030-01-01") }],
        });

        Assert.Equal("u7@example.com", Assert.Single(result.Master).Email);
        Assert.Equal(new SourceCount(1, 1, 0), result.Counts["DW_B.FEATURE_ADOPTION"]);
    }

    [Fact]
    public void A_user_who_signs_up_later_is_a_user_but_a_user_whose_profile_is_rejected_is_not()
    {
        var result = Build(new()
        {
            UserProfile = [Profile(7) with { SignedUpAt = Time("2024-04-01") }, Profile(8) with { AccountType = "gold" }],
            UserActivity = [Activity(1, "login"), Activity(2, "login") with { UserId = 8 }],
        });

        Assert.Empty(result.Master);
        Assert.Equal(
            [new("DW_A.USER_ACTIVITY", "2", "orphan"), new("DW_A.USER_PROFILE", "8", "accepted_values")], result.Rejected);
        Assert.Equal(new SourceCount(2, 1, 1), result.Counts["DW_A.USER_ACTIVITY"]);
    }
}
