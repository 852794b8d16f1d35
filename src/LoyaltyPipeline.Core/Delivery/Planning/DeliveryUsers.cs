using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>The users of the segment, counted. Who they are is in a work table of the session.</summary>
/// <param name="Audience">How many are sent.</param>
/// <param name="Digest">Sum over the hashes of their rows: stands for who they are and what is sent of them.</param>
/// <param name="LeftOut">Who is not, and why.</param>
/// <param name="Changes">What becomes of what the consumer has.</param>
internal sealed record DeliveryUsers(long Audience, long Digest, LeftOutCounts LeftOut, DeliveryChanges Changes)
{
    /// <summary>Fills the work table and counts it; nothing is compared yet.</summary>
    public static async Task<DeliveryUsers> FillAsync(IWarehouseSession session, DeliverySql sql, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(sql.FillUsers, cancellationToken);
        var counts = await session.ListAsync(
            DeliverySql.CountUsers,
            [],
            reader => (Reason: reader.TextAt(0), Users: reader.LongAt(1), Sum: reader.LongAt(2)),
            cancellationToken);
        var sent = counts.FirstOrDefault(count => count.Reason is null);
        long Count(LeftOutReason reason) => counts.FirstOrDefault(count => count.Reason == reason.ToString()).Users;
        var leftOut = new LeftOutCounts
        {
            NoConsent = Count(LeftOutReason.NoConsent),
            ClosedAccount = Count(LeftOutReason.ClosedAccount),
            SuspendedAccount = Count(LeftOutReason.SuspendedAccount),
            Suppressed = Count(LeftOutReason.Suppressed),
        };
        return new DeliveryUsers(sent.Users, sent.Sum, leftOut, new DeliveryChanges(0, 0, 0));
    }

    /// <summary>Compares with what the consumer has.</summary>
    /// <param name="feedId">Consumer, segment and destination.</param>
    public async Task<DeliveryUsers> CompareAsync(IWarehouseSession session, long feedId, CancellationToken cancellationToken)
    {
        var changes = await session.ListAsync(
            DeliverySql.CompareWithMembers,
            [feedId],
            reader => new DeliveryChanges(reader.LongAt(0), reader.LongAt(1), reader.LongAt(2)),
            cancellationToken);
        return this with { Changes = changes[0] };
    }
}
