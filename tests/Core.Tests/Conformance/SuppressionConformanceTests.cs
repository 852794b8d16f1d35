using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>A suppression is kept, and honoured by the next delivery, alike on both engines.</summary>
public sealed class SuppressionConformanceTests
{
    [Theory]
    [MemberData(nameof(EngineWarehouse.All), MemberType = typeof(EngineWarehouse))]
    public async Task The_next_delivery_honours_it(string engine)
    {
        using var folder = new TemporaryFolder();
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        await test.ExecuteAsync(
            """
            INSERT INTO LOYALTY.MASTER (USER_ID, ENGAGEMENT_SEGMENT)
            SELECT A, 'Engaged' FROM (SELECT 1 AS A UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) AS n
            """,
            "INSERT INTO LOYALTY.SNAPSHOT VALUES (DATE '2026-06-30', 'r', 4, TIMESTAMP '2026-06-30 00:00:00')");
        var suppressor = new UserSuppressor(test.Pipeline);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        await DeliverAsync(test, folder.Path);
        var added = await suppressor.AddAsync(
            test.Warehouse, new SuppressOptions([1, 2, 9], "asked"), test.Reporter, EngineWarehouse.Token);
        var changed = await suppressor.AddAsync(
            test.Warehouse, new SuppressOptions([2, 3], "list", today), test.Reporter, EngineWarehouse.Token);
        var diff = await DeliverAsync(test, folder.Path);
        var removed = await suppressor.RemoveAsync(
            test.Warehouse, new SuppressOptions([1, 4]), test.Reporter, EngineWarehouse.Token);
        await test.ExecuteAsync($"UPDATE LOYALTY.SUPPRESSION SET UNTIL_DATE = DATE '{today.AddDays(-1):yyyy-MM-dd}' WHERE USER_ID = 3");
        var after = await DeliverAsync(test, folder.Path);

        Assert.Equal((3, 0, 0, 1), (added.Added, added.Changed, added.Unchanged, added.NoUser));
        Assert.Equal((1, 1, 0, 0), (changed.Added, changed.Changed, changed.Unchanged, changed.NoUser));
        Assert.Equal((0L, 3L, 3L), (diff.Added, diff.Removed, diff.LeftOut.Suppressed));
        Assert.Equal((1, 1), (removed.Removed, removed.Unchanged));
        Assert.Equal((2L, 0L, 1L), (after.Added, after.Removed, after.LeftOut.Suppressed));
        Assert.Equal(
            [$"2|list|{today:yyyy-MM-dd}", $"3|list|{today.AddDays(-1):yyyy-MM-dd}", "9|asked|NULL"],
            await test.RowsAsync("SELECT USER_ID, REASON, CAST(UNTIL_DATE AS VARCHAR) FROM LOYALTY.SUPPRESSION ORDER BY 1"));
        var read = await SuppressionReader.ReadAsync(
            test.Warehouse, new SuppressionQuery([3, 9], []), test.Reporter, EngineWarehouse.Token).ToListAsync(EngineWarehouse.Token);
        Assert.Equal(["3 False True", "9 True False"], read.Select(user => $"{user.UserId} {user.IsCurrent} {user.IsUser}"));
    }

    private static Task<DeliveryResult> DeliverAsync(EngineWarehouse test, string folder) =>
        new DeliveryRunner(test.Pipeline).DeliverAsync(
            test.Warehouse,
            new DeliveryOptions(
                new Consumer { Name = "Crm", Segment = EngagementSegment.Engaged, Destination = folder, Columns = ["USER_ID"] },
                DeliveryMode.Diff, Force: true),
            test.Reporter,
            EngineWarehouse.Token);
}
