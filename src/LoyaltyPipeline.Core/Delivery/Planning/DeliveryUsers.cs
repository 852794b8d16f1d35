using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>
/// The users of the segment at hand, in a temporary table: who they are, a hash of the row each is delivered as, and who is left out.
/// </summary>
internal sealed class DeliveryUsers(IWarehouseSession session)
{
    private const string Table = "DELIVERY_USERS";

    // So that the sum over all users stays far within 64 bits.
    private const int DigestModulus = int.MaxValue;

    /// <summary>Who is sent.</summary>
    public AudienceDigest Audience { get; private set; } = new(0, 0);

    /// <summary>Who is not, and why.</summary>
    public LeftOutCounts LeftOut { get; private set; } = new() { NoConsent = 0, ClosedAccount = 0, SuspendedAccount = 0, Suppressed = 0 };

    /// <summary>What becomes of what the consumer has.</summary>
    public DeliveryChanges Changes { get; private set; } = new(0, 0, 0);

    /// <summary>Fills the stage.</summary>
    /// <param name="audience">Who may be sent.</param>
    /// <param name="form">How rows look.</param>
    public async Task FillAsync(Audience audience, DeliveryForm form, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"""
            CREATE OR REPLACE TEMPORARY TABLE {Table} AS
            SELECT {DeliveryForm.Users}.USER_ID, {form.RowHash} AS ROW_HASH, {audience.LeftOut} AS LEFT_OUT
            FROM {audience.From} WHERE {audience.IsOfSegment}
            """,
            cancellationToken);
        var counts = await session.ListAsync(
            $"SELECT LEFT_OUT, COUNT(*), SUM(ROW_HASH % {DigestModulus}) FROM {Table} GROUP BY LEFT_OUT",
            [],
            reader => (Reason: reader.TextAt(0), Users: reader.LongAt(1), Sum: reader.LongAt(2)),
            cancellationToken);
        var sent = counts.FirstOrDefault(count => count.Reason is null);
        Audience = new AudienceDigest(sent.Users, sent.Sum);
        long Count(LeftOutReason reason) => counts.FirstOrDefault(count => count.Reason == reason.ToString()).Users;
        LeftOut = new LeftOutCounts
        {
            NoConsent = Count(LeftOutReason.NoConsent),
            ClosedAccount = Count(LeftOutReason.ClosedAccount),
            SuspendedAccount = Count(LeftOutReason.SuspendedAccount),
            Suppressed = Count(LeftOutReason.Suppressed),
        };
    }

    /// <summary>Compares with what the consumer has.</summary>
    /// <param name="feedId">Consumer, segment and destination.</param>
    public async Task CompareAsync(long feedId, CancellationToken cancellationToken) => Changes = (await session.ListAsync(
        $"""
        SELECT COUNT_IF(d.USER_ID IS NULL), COUNT_IF(s.USER_ID IS NOT NULL AND d.USER_ID IS NOT NULL AND s.ROW_HASH <> d.ROW_HASH), COUNT_IF(s.USER_ID IS NULL)
        FROM ({Sent}) AS s
        FULL OUTER JOIN (SELECT USER_ID, ROW_HASH FROM {DeliveredMembers.Table} WHERE FEED_ID = ? AND REMOVED_IN IS NULL) AS d ON d.USER_ID = s.USER_ID
        """,
        [feedId],
        reader => new DeliveryChanges(reader.LongAt(0), reader.LongAt(1), reader.LongAt(2)),
        cancellationToken))[0];

    /// <summary>SQL of those who are sent: USER_ID and ROW_HASH.</summary>
    public static string Sent => $"SELECT USER_ID, ROW_HASH FROM {Table} WHERE LEFT_OUT IS NULL";
}
