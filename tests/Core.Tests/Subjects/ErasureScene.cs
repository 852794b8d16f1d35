using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Core.Tests.Subjects;

/// <summary>A warehouse in a file with some users, of whom one has unusual values in all that can hold a text.</summary>
internal sealed class ErasureScene : IAsyncDisposable
{
    /// <summary>The user with the unusual values; no hash or time has these digits by chance.</summary>
    public const long Canary = 8_111_222_333_444;

    /// <summary>Texts that nobody else has. (The feature that a user has taken up is one of the figures by feature, which stay.)</summary>
    public static readonly string[] Values =
    [
        "canary.kanarienvogel@example.org", "Kanarienvogel Zwitscher", "+49 4711 0815 99", "canaryaction", "canarycontent",
        "canaryengagement",
    ];

    private ErasureScene(MergeScene scene) => Scene = scene;

    public MergeScene Scene { get; }

    public TestWarehouse Test => Scene.Test;

    public string Location => Test.Warehouse.Location;

    public static async Task<ErasureScene> CreateAsync(int users = 20, bool inFile = true)
    {
        var scene = new ErasureScene(await MergeScene.CreateAsync(users, inFile));
        await scene.AddAsync(1, "repeated", "action", "content", id: 100);
        await scene.AddCanaryAsync();
        return scene;
    }

    public async Task AddCanaryAsync()
    {
        await AddProfileAsync();
        await AddAsync(Canary, Values[5], Values[3], Values[4], id: 1);
    }

    private Task AddProfileAsync() => Scene.RunAsync(
        $"""
        INSERT INTO DW_A.USER_PROFILE
        VALUES ({Canary}, '{Values[0]}', '{Values[1]}', '{Values[2]}', 'EU', 'standard', 'active', TRUE, '2023-01-01', '2024-01-01')
        """,
        $"INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES ({Canary}, '2024-03-01', 90)");

    // One activity is of a rating that there is none of.
    private Task AddAsync(long user, string engagement, string action, string content, int id) => Scene.RunAsync(
        $"INSERT INTO DW_A.USER_ACTIVITY VALUES ({id}, {user}, 'login', '2024-03-01 10:00:00', NULL, NULL)",
        $"INSERT INTO DW_A.USER_ACTIVITY VALUES ({id + 1}, {user}, 'feedback', '2024-03-02 10:00:00', NULL, 7)",
        $"INSERT INTO DW_A.REPEAT_ENGAGEMENTS VALUES ({user}, '{engagement}', 3, '2024-03-01')",
        $"INSERT INTO DW_B.FEATURE_ADOPTION VALUES ({user}, 'feature', 'module', '2024-02-01', '2024-03-01', 3)",
        $"INSERT INTO DW_B.RETENTION_ACTION VALUES ({id}, {user}, '{action}', '2024-03-01', 'pending')",
        $"INSERT INTO DW_B.SUPPORT_CALLS VALUES ({user}, '2024-03-01', 1)",
        $"INSERT INTO DW_B.SUPPORT_CHATS VALUES ({id}, {user}, '2024-03-01', 60, 5)",
        $"INSERT INTO DW_B.ISSUE_TICKETS VALUES ({id}, {user}, 'technical', 'low', '2024-03-01', NULL)",
        $"INSERT INTO DW_B.SERVICE_REQUESTS VALUES ({id}, {user}, 'service', '2024-03-01', 'open')",
        $"INSERT INTO DW_B.PRODUCT_SUPPORT_USAGE VALUES ({id}, {user}, 'faq', '{content}', '2024-03-01')");

    public Task<IReadOnlyList<ErasureResult>> EraseAsync(params long[] users) => EraseAsync(new EraseOptions(users));

    public Task<IReadOnlyList<ErasureResult>> EraseAsync(EraseOptions options) =>
        new UserEraser(Test.Pipeline).EraseAsync(Test.Warehouse, options, Test.Reporter, TestWarehouse.Token);

    public Task<IReadOnlyList<ErasureResult>> ReleaseAsync(params long[] users) =>
        new UserEraser(Test.Pipeline).ReleaseAsync(Test.Warehouse, new EraseOptions(users), Test.Reporter, TestWarehouse.Token);

    /// <summary>Sends a segment to a consumer in the folder of the test.</summary>
    public Task<DeliveryResult> DeliverAsync(
        string consumer, EngagementSegment segment, DeliveryMode mode = DeliveryMode.Full, long? partBytes = null)
    {
        var options = new DeliveryOptions(
            new Consumer
            {
                Name = consumer,
                Segment = segment,
                Destination = Path.Combine(Test.Folder, "out"),
                Compression = FileCompression.None,
                Redaction = DeliveryScene.KeepAll,
            },
            mode, AsOf: null, Force: true, PlanOnly: false);
        return new DeliveryRunner(Test.Pipeline).DeliverAsync(
            Test.Warehouse, partBytes is { } bytes ? options with { PartBytes = bytes } : options, Test.Reporter, TestWarehouse.Token);
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
