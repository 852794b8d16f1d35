namespace LoyaltyPipeline.Core.SyntheticData.Tables;

/// <summary>A fresh generator for each table.</summary>
internal static class TableGenerators
{
    /// <summary>The largest tables come first, so that no thread is left with one at the end.</summary>
    public static IReadOnlyList<TableGenerator> CreateLargestFirst() =>
    [
        new UserActivityGenerator(), new UserProfileGenerator(), new EngagementScoreGenerator(), new FeatureAdoptionGenerator(),
        new ProductSupportUsageGenerator(), new RepeatEngagementsGenerator(), new SupportCallsGenerator(), new SupportChatsGenerator(),
        new IssueTicketsGenerator(), new ServiceRequestsGenerator(), new RetentionActionGenerator(), new RegionMetadataGenerator(),
        new RegionThresholdsGenerator(),
    ];
}
