using Xunit;
using static LoyaltyPipeline.Core.Tests.Truth.Moments;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Sound rows for example tests; a test changes with <c>with</c> what it is about.</summary>
internal static class Examples
{
    /// <summary>D of the examples. Its 30 days begin on 2024-03-02.</summary>
    public static DateOnly RunDate { get; } = Date("2024-03-31");

    public static DateTime Noon { get; } = Time("2024-03-20 12:00:00");

    public static UserProfileRow Profile(long user) => new(
        user, $"u{user}@example.com", $"User {user}", $"+32 {user}", "EU", "standard", "active", true,
        Time("2023-01-01 08:00:00"), Time("2024-01-01"));

    public static UserActivityRow Activity(long id, string type) => new(id, 7, type, Noon);

    public static EngagementScoreRow Score(string date, decimal score) => new(7, Date(date), score);

    public static FeatureAdoptionRow Feature(string name, string module) =>
        new(7, name, module, Time("2024-01-10"), Time("2024-03-10"), 5);

    public static RetentionActionRow Action(long id, string type, string outcome) => new(id, 7, type, Noon, outcome);

    public static SupportChatRow Chat(long id) => new(id, 7, Noon, 300);

    public static IssueTicketRow Ticket(long id) => new(id, 7, "technical", "low", Noon);

    public static ServiceRequestRow Request(long id, string status) => new(id, 7, "service", Noon, status);

    public static ProductSupportUsageRow HelpView(long id) => new(id, 7, "faq", "faq-1", Noon);

    public static RegionMetadataRow Region(string code) => new(code, $"Region {code}", "BE", "Growth");

    public static RegionThresholdsRow Thresholds(string from, decimal low, decimal high) => new("EU", Date(from), low, high);

    /// <summary>Builds Master of <see cref="RunDate"/>; without profiles of its own the test gets user 7.</summary>
    public static ReferenceResult Build(SourceData sources) =>
        ReferenceMaster.Build(sources.UserProfile is null ? sources with { UserProfile = [Profile(7)] } : sources, RunDate);

    /// <summary>The only row of Master.</summary>
    public static MasterRow Row(SourceData sources) => Assert.Single(Build(sources).Master);
}
