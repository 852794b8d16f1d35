using System.Data.Common;
using LoyaltyPipeline.Core.Tests.Truth;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>Reads the source tables of a warehouse back into rows.</summary>
internal static class StoredSources
{
    public static SourceData Read(DbConnection connection) => new()
    {
        UserProfile = Rows<UserProfileRow>(connection, SourceDefinitions.UserProfile),
        UserActivity = Rows<UserActivityRow>(connection, SourceDefinitions.UserActivity),
        EngagementScore = Rows<EngagementScoreRow>(connection, SourceDefinitions.EngagementScore),
        RepeatEngagements = Rows<RepeatEngagementRow>(connection, SourceDefinitions.RepeatEngagements),
        FeatureAdoption = Rows<FeatureAdoptionRow>(connection, SourceDefinitions.FeatureAdoption),
        RetentionAction = Rows<RetentionActionRow>(connection, SourceDefinitions.RetentionAction),
        SupportCalls = Rows<SupportCallsRow>(connection, SourceDefinitions.SupportCalls),
        SupportChats = Rows<SupportChatRow>(connection, SourceDefinitions.SupportChats),
        IssueTickets = Rows<IssueTicketRow>(connection, SourceDefinitions.IssueTickets),
        ServiceRequests = Rows<ServiceRequestRow>(connection, SourceDefinitions.ServiceRequests),
        ProductSupportUsage = Rows<ProductSupportUsageRow>(connection, SourceDefinitions.ProductSupportUsage),
        RegionMetadata = Rows<RegionMetadataRow>(connection, SourceDefinitions.RegionMetadata),
        RegionThresholds = Rows<RegionThresholdsRow>(connection, SourceDefinitions.RegionThresholds),
    };

    // The rows are records whose constructors take the columns in order.
    private static List<TRow> Rows<TRow>(DbConnection connection, ISourceDefinition source)
        where TRow : class
    {
        var create = typeof(TRow).GetConstructors().Single(constructor => constructor.GetParameters().Length == source.ColumnNames.Count);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", source.ColumnNames)} FROM {source.Table}";
        using var reader = command.ExecuteReader();
        var rows = new List<TRow>();
        while (reader.Read())
            rows.Add(
                (TRow)create.Invoke(
                    [.. Enumerable.Range(0, source.ColumnNames.Count)
                        .Select(index => reader.IsDBNull(index) ? null : reader.GetValue(index))]));
        return rows;
    }
}
