using System.IO.Compression;
using CsvHelper;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Reads TABLE.csv or TABLE.csv.gz of a landing folder; an empty cell is null, an absent file a missing source.</summary>
public static class LandingFolderReader
{
    public static SourceData Read(string path) => new()
    {
        UserProfile = Rows(path, "USER_PROFILE", cells => new UserProfileRow(
            cells.Long("USER_ID"), cells.Text("EMAIL"), cells.Text("FULL_NAME"), cells.Text("PHONE"), cells.Text("REGION_CODE"),
            cells.Text("ACCOUNT_TYPE"), cells.Text("ACCOUNT_STATUS"), cells.Boolean("MARKETING_CONSENT"),
            cells.Time("SIGNED_UP_AT"), cells.Time("UPDATED_AT"))),
        UserActivity = Rows(path, "USER_ACTIVITY", cells => new UserActivityRow(
            cells.Long("ACTIVITY_ID"), cells.Long("USER_ID"), cells.Text("ACTIVITY_TYPE"), cells.Time("ACTIVITY_AT"),
            cells.Decimal("AMOUNT"), cells.Integer("RATING"))),
        EngagementScore = Rows(path, "ENGAGEMENT_SCORE", cells => new EngagementScoreRow(
            cells.Long("USER_ID"), cells.Date("SCORE_DATE"), cells.Decimal("SCORE"))),
        RepeatEngagements = Rows(path, "REPEAT_ENGAGEMENTS", cells => new RepeatEngagementRow(
            cells.Long("USER_ID"), cells.Text("ENGAGEMENT_TYPE"), cells.Integer("REPEAT_COUNT"), cells.Time("LAST_ENGAGED_AT"))),
        FeatureAdoption = Rows(path, "FEATURE_ADOPTION", cells => new FeatureAdoptionRow(
            cells.Long("USER_ID"), cells.Text("FEATURE_NAME"), cells.Text("MODULE_NAME"), cells.Time("FIRST_USED_AT"),
            cells.Time("LAST_USED_AT"), cells.Integer("USE_COUNT"))),
        RetentionAction = Rows(path, "RETENTION_ACTION", cells => new RetentionActionRow(
            cells.Long("ACTION_ID"), cells.Long("USER_ID"), cells.Text("ACTION_TYPE"), cells.Time("ACTION_AT"), cells.Text("OUTCOME"))),
        SupportCalls = Rows(path, "SUPPORT_CALLS", cells => new SupportCallsRow(
            cells.Long("USER_ID"), cells.Date("AS_OF_DATE"), cells.Integer("CALLS_LAST_30_DAYS"))),
        SupportChats = Rows(path, "SUPPORT_CHATS", cells => new SupportChatRow(
            cells.Long("CHAT_ID"), cells.Long("USER_ID"), cells.Time("STARTED_AT"), cells.Integer("DURATION_SECONDS"),
            cells.Integer("SATISFACTION"))),
        IssueTickets = Rows(path, "ISSUE_TICKETS", cells => new IssueTicketRow(
            cells.Long("TICKET_ID"), cells.Long("USER_ID"), cells.Text("CATEGORY"), cells.Text("SEVERITY"), cells.Time("OPENED_AT"),
            cells.Time("CLOSED_AT"))),
        ServiceRequests = Rows(path, "SERVICE_REQUESTS", cells => new ServiceRequestRow(
            cells.Long("REQUEST_ID"), cells.Long("USER_ID"), cells.Text("REQUEST_TYPE"), cells.Time("REQUESTED_AT"), cells.Text("STATUS"))),
        ProductSupportUsage = Rows(path, "PRODUCT_SUPPORT_USAGE", cells => new ProductSupportUsageRow(
            cells.Long("USAGE_ID"), cells.Long("USER_ID"), cells.Text("CONTENT_TYPE"), cells.Text("CONTENT_ID"), cells.Time("VIEWED_AT"))),
        RegionMetadata = Rows(path, "REGION_METADATA", cells => new RegionMetadataRow(
            cells.Text("REGION_CODE"), cells.Text("REGION_NAME"), cells.Text("COUNTRY"), cells.Text("REGION_CLASS"))),
        RegionThresholds = Rows(path, "REGION_THRESHOLDS", cells => new RegionThresholdsRow(
            cells.Text("REGION_CODE"), cells.Date("EFFECTIVE_FROM"), cells.Decimal("LOW_ENGAGEMENT_BELOW"),
            cells.Decimal("HIGHLY_ENGAGED_FROM"))),
    };

    private static List<TRow>? Rows<TRow>(string path, string table, Func<CsvCells, TRow> row)
    {
        using var stream = Open(Path.Combine(path, table + ".csv"));
        if (stream is null)
            return null;

        using var reader = CsvReader.Create(stream, CsvReaderOptions.Default with { Separator = ',' });
        var cells = new CsvCells(reader);
        var rows = new List<TRow>();
        while (reader.Read())
            rows.Add(row(cells));
        return rows;
    }

    private static Stream? Open(string file)
    {
        if (File.Exists(file))
            return File.OpenRead(file);
        return File.Exists(file + ".gz") ? new GZipStream(File.OpenRead(file + ".gz"), CompressionMode.Decompress) : null;
    }
}
