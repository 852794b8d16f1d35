namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>The rows of the sources; a missing source is null and means the same as an empty one.</summary>
public sealed record SourceData
{
    public IReadOnlyList<UserProfileRow>? UserProfile { get; init; }

    public IReadOnlyList<UserActivityRow>? UserActivity { get; init; }

    public IReadOnlyList<EngagementScoreRow>? EngagementScore { get; init; }

    public IReadOnlyList<RepeatEngagementRow>? RepeatEngagements { get; init; }

    public IReadOnlyList<FeatureAdoptionRow>? FeatureAdoption { get; init; }

    public IReadOnlyList<RetentionActionRow>? RetentionAction { get; init; }

    public IReadOnlyList<SupportCallsRow>? SupportCalls { get; init; }

    public IReadOnlyList<SupportChatRow>? SupportChats { get; init; }

    public IReadOnlyList<IssueTicketRow>? IssueTickets { get; init; }

    public IReadOnlyList<ServiceRequestRow>? ServiceRequests { get; init; }

    public IReadOnlyList<ProductSupportUsageRow>? ProductSupportUsage { get; init; }

    public IReadOnlyList<RegionMetadataRow>? RegionMetadata { get; init; }

    public IReadOnlyList<RegionThresholdsRow>? RegionThresholds { get; init; }

    /// <summary>A failing random case prints as C# that can be pasted into a test.</summary>
    public override string ToString() => SourceText.AsCSharp(this);
}
