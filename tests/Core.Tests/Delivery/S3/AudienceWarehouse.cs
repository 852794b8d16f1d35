using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>A warehouse whose Master holds highly engaged users, who change when they are told to.</summary>
internal sealed class AudienceWarehouse : IAsyncDisposable
{
    private static readonly DateOnly Day = new(2026, 6, 30);

    private AudienceWarehouse(TestWarehouse test) => Test = test;

    public TestWarehouse Test { get; }

    /// <summary>Fills a warehouse.</summary>
    /// <param name="users">How many.</param>
    /// <param name="noteBytes">Width of a text that does not compress.</param>
    public static async Task<AudienceWarehouse> CreateAsync(int users, int noteBytes = 30)
    {
        var test = await TestWarehouse.CreateAsync(withSources: false);
        await test.ExecuteAsync(
            $"""
            INSERT INTO LOYALTY.MASTER BY NAME SELECT n AS USER_ID, 'user' || n || '@example.org' AS EMAIL, LEFT(REPEAT(MD5(CAST(n AS VARCHAR)), {(noteBytes / 32) + 1}), {noteBytes}) AS REGION_NAME,
                'standard' AS ACCOUNT_TYPE, 'active' AS ACCOUNT_STATUS, TRUE AS MARKETING_CONSENT, TIMESTAMP '2024-01-01' AS SIGNED_UP_AT, 0 AS LOGINS_30D, 'Highly Engaged' AS ENGAGEMENT_SEGMENT
            FROM RANGE(1, {users} + 1) AS r(n) ORDER BY n
            """);
        await test.ExecuteAsync($"INSERT INTO LOYALTY.SNAPSHOT VALUES (DATE '{Day:yyyy-MM-dd}', 'test', {users}, TIMESTAMP '2026-07-01')");
        return new AudienceWarehouse(test);
    }

    /// <summary>Changes some users, each time others.</summary>
    public Task ChangeAsync(int number) =>
        Test.ExecuteAsync($"UPDATE LOYALTY.MASTER SET LOGINS_30D = {number} WHERE USER_ID % 10 = {number % 10}");

    public Task<DeliveryResult> DeliverAsync(
        Consumer consumer, DeliveryMode mode = DeliveryMode.Full, long partBytes = 64 << 20, CancellationToken? cancellationToken = null) =>
        new DeliveryRunner(Test.Pipeline).DeliverAsync(
            Test.Warehouse, new DeliveryOptions(consumer, mode) { PartBytes = partBytes }, Test.Reporter,
            cancellationToken ?? TestWarehouse.Token);

    public ValueTask DisposeAsync() => Test.DisposeAsync();
}
