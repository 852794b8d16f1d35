using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Finds the deliveries that hold users, as the log of deliveries knows it.</summary>
internal sealed class SubjectDeliveries(IWarehouseSession session)
{
    // What has failed was taken back before a consumer saw it.
    private static readonly DeliveryStatus[] Seen = [DeliveryStatus.Started, DeliveryStatus.Published, DeliveryStatus.Cleared];

    /// <summary>Finds them, for the users of the session.</summary>
    /// <returns>The deliveries of each user, the newest first.</returns>
    public async Task<ILookup<long, SubjectDelivery>> FindAsync(CancellationToken cancellationToken)
    {
        var members = await session.ListAsync(
            $"SELECT USER_ID, FEED_ID, ADDED_IN, REMOVED_IN FROM {DeliveredMembers.Table} WHERE USER_ID IN ({SubjectSql.Of})",
            [],
            reader => (UserId: reader.LongAt(0), FeedId: reader.LongAt(1), AddedIn: reader.LongAt(2),
                RemovedIn: reader.IsDBNull(3) ? (long?)null : reader.LongAt(3)),
            cancellationToken);
        if (members.Count == 0)
            return Enumerable.Empty<SubjectDelivery>().ToLookup(_ => 0L);
        var log = (await DeliveryReader.ReadAsync(session, new SqlFilter(), last: null, StoredRows.Demanded, cancellationToken))
            .Where(delivery => Seen.Contains(delivery.Status)).ToLookup(delivery => delivery.FeedId);
        var found = new List<(long UserId, SubjectDelivery Delivery)>();
        foreach (var user in members.GroupBy(member => (member.UserId, member.FeedId)))
        {
            var hasNow = user.Any(member => member.RemovedIn is null);
            foreach (var delivery in log[user.Key.FeedId].Where(
                delivery => user.Any(member => IsIn(delivery, member.AddedIn, member.RemovedIn))))
            {
                var files = await FilesAsync(delivery, user.Key.UserId, cancellationToken);
                found.Add((user.Key.UserId, new SubjectDelivery(delivery, files, hasNow)));
            }
        }

        return found.OrderByDescending(entry => entry.Delivery.PublishedAt).ToLookup(entry => entry.UserId, entry => entry.Delivery);
    }

    // A Full has all whom the consumer then has, a Diff those who came, changed or went.
    private static bool IsIn(DeliveryRecord delivery, long addedIn, long? removedIn) => delivery.Mode == DeliveryMode.Full
        ? addedIn <= delivery.SequenceNumber && !(removedIn <= delivery.SequenceNumber)
        : addedIn == delivery.SequenceNumber || removedIn == delivery.SequenceNumber;

    // Files hold users in the order of their ids. Of users who were erased since, nobody knows any more where they were.
    private async Task<IReadOnlyList<string>> FilesAsync(DeliveryRecord delivery, long userId, CancellationToken cancellationToken)
    {
        if (delivery.Files.Count <= 1)
            return [.. delivery.Files.Select(file => file.Name)];
        var number = delivery.SequenceNumber;
        var users = delivery.Mode == DeliveryMode.Full
            ? $"""
            SELECT USER_ID FROM {DeliveredMembers.Table}
            WHERE FEED_ID = {delivery.FeedId} AND ADDED_IN <= {number} AND (REMOVED_IN IS NULL OR REMOVED_IN > {number})
            """
            : $"SELECT USER_ID FROM ({DeliverySql.ChangesOf(delivery.FeedId, number)}) AS c";
        var (all, before) = (await session.ListAsync(
            $"SELECT COUNT(*), COUNT_IF(u.USER_ID < ?) FROM ({users}) AS u", [userId],
            reader => (reader.LongAt(0), reader.LongAt(1)), cancellationToken))[0];
        var unknown = delivery.Rows - all;
        return unknown < 0
            ? [.. delivery.Files.Select(file => file.Name)]
            : FilesOf(delivery.Files, before, before + unknown);
    }

    private static List<string> FilesOf(IReadOnlyList<ManifestFile> files, long first, long last)
    {
        var names = new List<string>();
        var start = 0L;
        foreach (var file in files)
        {
            if (start <= last && first < start + file.Rows)
                names.Add(file.Name);
            start += file.Rows;
        }

        return names;
    }
}
