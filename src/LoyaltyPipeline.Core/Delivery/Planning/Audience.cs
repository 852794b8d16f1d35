using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.History;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>
/// Who of a segment may be sent to a consumer, in SQL. Consent and account are judged by the day that is delivered and, where that is an
/// earlier day, by Master as it is now too: nobody is sent who has withdrawn since.
/// </summary>
internal sealed class Audience
{
    private const string Now = "n";

    private readonly Consumer _consumer;
    private readonly DateOnly _day;
    private readonly bool _isNewest;

    /// <summary>Describes an audience.</summary>
    /// <param name="isNewest">Whether Master holds the day.</param>
    public Audience(Consumer consumer, DateOnly day, bool isNewest)
    {
        _consumer = consumer;
        _day = day;
        _isNewest = isNewest;
        Table = isNewest ? "LOYALTY.MASTER" : HistoryVersions.Table;
    }

    /// <summary>The table the users are read from.</summary>
    public string Table { get; }

    /// <summary>SQL of the reason why a user is left out; NULL for those who are sent.</summary>
    public string LeftOut => Case([.. ReasonsOfMaster(), $"WHEN x.USER_ID IS NOT NULL THEN '{LeftOutReason.Suppressed}'"]);

    /// <summary>
    /// SQL that is true for the users who are sent if nobody is suppressed, of Master alone; null where more than Master must be asked.
    /// </summary>
    public string? IsSentUnlessSuppressed => _isNewest ? $"{IsOfSegment} AND ({Case([.. ReasonsOfMaster()])}) IS NULL" : null;

    /// <summary>
    /// SQL of the users who are sent if nobody is suppressed, in a column USER_ID, as Master has stored them; null where more than Master
    /// must be asked.
    /// </summary>
    public string? StoredUsers =>
        IsSentUnlessSuppressed is { } condition
            ? $"SELECT {DeliveryForm.Users}.USER_ID FROM {Table} AS {DeliveryForm.Users} WHERE {condition}"
            : null;

    /// <summary>SQL that reads the users of the segment, sent or not.</summary>
    public string From => $"""
        {Table} AS {DeliveryForm.Users}{(_isNewest ? string.Empty : $" LEFT JOIN LOYALTY.MASTER AS {Now} ON {Now}.USER_ID = {DeliveryForm.Users}.USER_ID")}
        LEFT JOIN (SELECT DISTINCT USER_ID FROM LOYALTY.SUPPRESSION) AS x ON x.USER_ID = {DeliveryForm.Users}.USER_ID
        """;

    /// <summary>SQL that is true for the users of the segment.</summary>
    public string IsOfSegment =>
        $"{DeliveryForm.Users}.ENGAGEMENT_SEGMENT = {SqlText.Quote(SegmentNames.Of(_consumer.Segment))}{(_isNewest ? string.Empty : $" AND {HistoryVersions.HoldsOn(_day, DeliveryForm.Users)}")}";

    private static string Case(IReadOnlyList<string> reasons) => reasons.Count == 0 ? "NULL" : $"CASE {string.Join(' ', reasons)} END";

    private IEnumerable<string> ReasonsOfMaster()
    {
        if (_consumer.RequireConsent)
            yield return $"WHEN {Differs("MARKETING_CONSENT", "TRUE")} THEN '{LeftOutReason.NoConsent}'";
        if (!_consumer.RequireActiveAccount)
            yield break;
        yield return $"WHEN {Has("ACCOUNT_STATUS", "'suspended'")} THEN '{LeftOutReason.SuspendedAccount}'";
        yield return $"WHEN {Differs("ACCOUNT_STATUS", "'active'")} THEN '{LeftOutReason.ClosedAccount}'";
    }

    private string Differs(string column, string value) => _isNewest
        ? $"{DeliveryForm.Users}.{column} IS DISTINCT FROM {value}"
        : $"({DeliveryForm.Users}.{column} IS DISTINCT FROM {value} OR {Now}.{column} IS DISTINCT FROM {value})";

    private string Has(string column, string value) => _isNewest
        ? $"{DeliveryForm.Users}.{column} = {value}"
        : $"({Now}.{column} = {value} OR ({DeliveryForm.Users}.{column} = {value} AND {Now}.{column} = 'active'))";
}
