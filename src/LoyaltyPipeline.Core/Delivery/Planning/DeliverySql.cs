using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.History;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>
/// All SQL of one delivery, in the order in which it is run: who may be sent, what the consumer has of them, where files are cut, their
/// rows, and who is in the delivery then. In each statement <c>m</c> is the table of the users, <c>n</c> Master as it is now, and <c>x</c>
/// who is suppressed.
/// </summary>
/// <param name="consumer">Who is sent, and whether consent and account matter.</param>
/// <param name="day">The day. Consent and account are judged by it and, where it is not the newest, by Master as it is now too: nobody is
/// sent who has withdrawn since.</param>
/// <param name="form">How rows look.</param>
/// <param name="suppressed">SQL of who is suppressed now: USER_ID, each once.</param>
internal sealed class DeliverySql(Consumer consumer, DeliveredDay day, DeliveryForm form, string suppressed)
{
    private const string Users = "DELIVERY_USERS";

    // So that the sum over all users stays far within 64 bits.
    private const int DigestModulus = int.MaxValue;

    /// <summary>The table the users are read from.</summary>
    public static string TableOf(DeliveredDay day) => day.IsNewest ? "LOYALTY.MASTER" : HistoryVersions.Table;

    // ---- Who of the segment may be sent. Of several reasons to leave a user out the first counts.

    private string SegmentUsers => day.IsNewest
        ? $"{TableOf(day)} AS m"
        : $"{TableOf(day)} AS m LEFT JOIN LOYALTY.MASTER AS n ON n.USER_ID = m.USER_ID";

    private string UsersAndSuppressed => $"""
        {SegmentUsers}
        LEFT JOIN ({suppressed}) AS x ON x.USER_ID = m.USER_ID
        """;

    private string IsOfSegment => day.IsNewest
        ? $"m.ENGAGEMENT_SEGMENT = {SqlText.Quote(SegmentNames.Of(consumer.Segment))}"
        : $"m.ENGAGEMENT_SEGMENT = {SqlText.Quote(SegmentNames.Of(consumer.Segment))} AND {HistoryVersions.HoldsOn(day.Day, "m")}";

    private string LeftOut => Case([.. ReasonsOfMaster(), $"WHEN x.USER_ID IS NOT NULL THEN '{LeftOutReason.Suppressed}'"]);

    private IEnumerable<string> ReasonsOfMaster()
    {
        if (consumer.RequireConsent)
            yield return $"WHEN {Differs("MARKETING_CONSENT", "TRUE")} THEN '{LeftOutReason.NoConsent}'";
        if (!consumer.RequireActiveAccount)
            yield break;
        yield return $"WHEN {IsOrBecame("ACCOUNT_STATUS", "'suspended'")} THEN '{LeftOutReason.SuspendedAccount}'";
        yield return $"WHEN {Differs("ACCOUNT_STATUS", "'active'")} THEN '{LeftOutReason.ClosedAccount}'";
    }

    /// <summary>Makes the work table of the segment: USER_ID, ROW_HASH of the row each is delivered as, LEFT_OUT with the reason.</summary>
    public string FillUsers => $"""
        CREATE OR REPLACE TEMPORARY TABLE {Users} AS
        SELECT m.USER_ID, {form.RowHash} AS ROW_HASH, {LeftOut} AS LEFT_OUT
        FROM {UsersAndSuppressed}
        WHERE {IsOfSegment}
        """;

    /// <summary>Counts the users by LEFT_OUT, with a sum over the hashes of their rows.</summary>
    public static string CountUsers => $"SELECT LEFT_OUT, COUNT(*), SUM(ROW_HASH % {DigestModulus}) FROM {Users} GROUP BY LEFT_OUT";

    /// <summary>Those who are sent: USER_ID and ROW_HASH.</summary>
    public static string Sent => $"SELECT USER_ID, ROW_HASH FROM {Users} WHERE LEFT_OUT IS NULL";

    /// <summary>Counts those who are sent whose telephone number is none; null where no numbers are read.</summary>
    public string? CountUnreadable => form.HasUnreadableNumber is { } unreadable
        ? $"""
        SELECT COUNT(*) FROM {SegmentUsers} JOIN ({Sent}) AS s ON s.USER_ID = m.USER_ID
        WHERE {IsOfSegment} AND ({unreadable})
        """
        : null;

    // ---- What the consumer has of them.

    /// <summary>Counts who is added, changed and removed. One parameter: the feed.</summary>
    public static string CompareWithMembers => $"""
        SELECT COUNT_IF(d.USER_ID IS NULL),
            COUNT_IF(s.USER_ID IS NOT NULL AND d.USER_ID IS NOT NULL AND s.ROW_HASH <> d.ROW_HASH),
            COUNT_IF(s.USER_ID IS NULL)
        FROM ({Sent}) AS s
        FULL OUTER JOIN (SELECT USER_ID, ROW_HASH FROM {DeliveredMembers.Table} WHERE FEED_ID = ? AND REMOVED_IN IS NULL) AS d
        ON d.USER_ID = s.USER_ID
        """;

    // ---- Where files are cut.

    /// <summary>Those who are sent as Master has stored them, where it alone says who they are; null where more must be asked.</summary>
    public string? StoredUsers => day.IsNewest ? $"SELECT m.USER_ID FROM {SegmentUsers} WHERE {IsSentUnlessSuppressed}" : null;

    private string IsSentUnlessSuppressed => $"{IsOfSegment} AND ({Case([.. ReasonsOfMaster()])}) IS NULL";

    /// <summary>
    /// Counts users off in sections of equal size: the first of each, how many, and how many of them come after a greater one.
    /// </summary>
    /// <param name="users">SQL of the users.</param>
    /// <param name="isSorted">Whether they are sorted, or counted off as the engine gives them.</param>
    public static string CountOff(string users, bool isSorted, int sectionRows)
    {
        var order = isSorted ? "ORDER BY u.USER_ID" : string.Empty;
        return $"""
            SELECT MIN(n.USER_ID), COUNT(*), COUNT_IF(n.USER_ID <= n.PREVIOUS_ID)
            FROM (
                SELECT u.USER_ID, LAG(u.USER_ID) OVER ({order}) AS PREVIOUS_ID, ROW_NUMBER() OVER ({order}) - 1 AS N
                FROM ({users}) AS u
            ) AS n
            GROUP BY n.N - n.N % {sectionRows}
            ORDER BY n.N - n.N % {sectionRows}
            """;
    }

    // ---- The rows of the files.

    /// <summary>The rows of a Full within a range of users, in the order of users.</summary>
    /// <param name="isStoredInOrder">Whether Master has them in order and nobody is suppressed, so that nothing needs to be joined or
    /// sorted.</param>
    public string Full(UserRange range, bool isStoredInOrder)
    {
        var values = SqlText.List(form.Columns.Select(column => $"{column.Value} AS {column.Name}"));
        return isStoredInOrder && form.SaltJoin.Length == 0
            ? $"""
            SELECT {values}
            FROM {SegmentUsers}
            WHERE {IsSentUnlessSuppressed} AND {range.Holds("m.USER_ID")}
            """
            : $"""
            SELECT {values}
            FROM {UsersAndSuppressed}{form.SaltJoin}
            WHERE {IsSent(range)}
            ORDER BY m.USER_ID
            """;
    }

    /// <summary>The rows of a Diff within a range of users, in the order of users. Who is removed has nothing but an id.</summary>
    /// <param name="number">The delivery that has written its changes.</param>
    public string Diff(UserRange range, long feedId, long number)
    {
        var values = SqlText.List(form.Columns.Select(
            column => $"{(column.Name == DeliveryForm.UserId ? "c.USER_ID" : column.Value)} AS {column.Name}"));
        return $"""
            SELECT c.{DeliveryForm.Change}, {values}
            FROM (SELECT * FROM ({ChangesOf(feedId, number)}) AS a WHERE {range.Holds("a.USER_ID")}) AS c
            LEFT JOIN (SELECT m.* FROM {UsersAndSuppressed} WHERE {IsSent(range)}) AS m ON m.USER_ID = c.USER_ID{form.SaltJoin}
            ORDER BY c.USER_ID
            """;
    }

    /// <summary>Counts those who were suppressed after all, while the files were written.</summary>
    public string CountSuppressed => $"SELECT COUNT(*) FROM ({Sent}) AS s WHERE s.USER_ID IN ({suppressed})";

    // ---- Who is in the delivery. What it adds and removes is written under its number.

    /// <summary>
    /// Ends the members whose row is another now, or who are not sent any more. Two parameters: the delivery and the feed.
    /// </summary>
    public static string CloseMembers => $"""
        UPDATE {DeliveredMembers.Table} SET REMOVED_IN = ?
        WHERE FEED_ID = ? AND REMOVED_IN IS NULL AND NOT EXISTS (
            SELECT 1 FROM ({Sent}) AS s WHERE s.USER_ID = DELIVERED_MEMBER.USER_ID AND s.ROW_HASH = DELIVERED_MEMBER.ROW_HASH)
        """;

    /// <summary>Adds the members whom the consumer has not, or not any more.</summary>
    /// <param name="areAllNew">Whether it has nobody: then nobody needs to be looked up.</param>
    public static string AddMembers(long feedId, long number, bool areAllNew)
    {
        var isNew = $"""

            WHERE NOT EXISTS (
                SELECT 1 FROM {DeliveredMembers.Table} AS d WHERE d.FEED_ID = {feedId} AND d.REMOVED_IN IS NULL AND d.USER_ID = s.USER_ID)
            """;
        return $"""
            INSERT INTO {DeliveredMembers.Table} (FEED_ID, USER_ID, ROW_HASH, ADDED_IN)
            SELECT {feedId}, s.USER_ID, s.ROW_HASH, {number}
            FROM ({Sent}) AS s{(areAllNew ? string.Empty : isNew)}
            """;
    }

    /// <summary>What a delivery has changed: USER_ID and CHANGE, which is added, changed or removed.</summary>
    public static string ChangesOf(long feedId, long number) => $"""
        SELECT USER_ID,
            CASE WHEN COUNT_IF(ADDED_IN = {number}) = 0 THEN 'removed'
                WHEN COUNT(*) = 1 THEN 'added'
                ELSE 'changed' END AS {DeliveryForm.Change}
        FROM {DeliveredMembers.Table}
        WHERE FEED_ID = {feedId} AND (ADDED_IN = {number} OR REMOVED_IN = {number})
        GROUP BY USER_ID
        """;

    private string IsSent(UserRange range) => $"{IsOfSegment} AND ({LeftOut}) IS NULL AND {range.Holds("m.USER_ID")}";

    private static string Case(IReadOnlyList<string> reasons) => reasons.Count == 0 ? "NULL" : $"CASE {string.Join(' ', reasons)} END";

    private string Differs(string column, string value) => day.IsNewest
        ? $"m.{column} IS DISTINCT FROM {value}"
        : $"(m.{column} IS DISTINCT FROM {value} OR n.{column} IS DISTINCT FROM {value})";

    private string IsOrBecame(string column, string value) => day.IsNewest
        ? $"m.{column} = {value}"
        : $"(n.{column} = {value} OR (m.{column} = {value} AND n.{column} = 'active'))";
}
