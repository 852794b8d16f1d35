using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Crashes.Deliveries;

/// <summary>Delivers to a bucket, in several files that each go in parts.</summary>
/// <param name="Warehouse">The warehouse file.</param>
/// <param name="Destination">Where to: <c>s3://bucket/prefix</c>.</param>
/// <param name="Endpoint">The S3 server.</param>
/// <param name="Profiles">A file with the AWS profile <c>owner</c>.</param>
internal sealed record DeliveryJob(string Warehouse, string Destination, string Endpoint, string Profiles)
{
    public const string Name = "deliver";

    private const int Users = 30_000;

    private static readonly PipelineDefinition Pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
    private static readonly QuietReporter Reporter = new();

    public S3Settings Settings =>
        new() { EndpointUrl = new Uri(Endpoint), Region = "default", Profile = "owner", ProfilesFile = Profiles, PartBytes = 5 << 20 };

    /// <summary>Makes a warehouse whose Master holds highly engaged users.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(Warehouse, cancellationToken);
        await new SchemaInstaller(Pipeline.Catalog).InitializeAsync(
            warehouse, includeSources: false, planOnly: false, Reporter, cancellationToken);
        await ExecuteAsync(
            warehouse,
            $"""
            INSERT INTO LOYALTY.MASTER BY NAME SELECT n AS USER_ID, REPEAT(MD5(CAST(n AS VARCHAR)), 30) AS REGION_NAME, 'standard' AS ACCOUNT_TYPE, 'active' AS ACCOUNT_STATUS,
                TRUE AS MARKETING_CONSENT, 0 AS LOGINS_30D, 'Highly Engaged' AS ENGAGEMENT_SEGMENT FROM RANGE(1, {Users} + 1) AS r(n) ORDER BY n
            """,
            cancellationToken);
        await ExecuteAsync(
            warehouse, $"INSERT INTO LOYALTY.SNAPSHOT VALUES (DATE '2026-06-30', 'crash', {Users}, TIMESTAMP '2026-07-01')",
            cancellationToken);
    }

    /// <summary>Changes a third of the users, and takes some away for good.</summary>
    public async Task ChangeAsync(int number, CancellationToken cancellationToken)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(Warehouse, cancellationToken);
        await ExecuteAsync(
            warehouse, $"UPDATE LOYALTY.MASTER SET LOGINS_30D = {number} WHERE USER_ID % 3 = {number % 3}", cancellationToken);
        await ExecuteAsync(
            warehouse, $"INSERT INTO LOYALTY.SUPPRESSION (USER_ID) SELECT USER_ID FROM LOYALTY.MASTER WHERE USER_ID % 1000 = {number}",
            cancellationToken);
    }

    public async Task<DeliveryResult> RunAsync(CancellationToken cancellationToken)
    {
        var consumer = new Consumer
        {
            Name = "Marketing",
            Segment = EngagementSegment.HighlyEngaged,
            Destination = Destination,
            Compression = FileCompression.None,
            S3 = Settings,
        };
        await using var warehouse = await DuckDbWarehouse.OpenAsync(Warehouse, cancellationToken);
        return await new DeliveryRunner(Pipeline).DeliverAsync(
            warehouse, new DeliveryOptions(consumer) { PartBytes = 6 << 20 }, Reporter, cancellationToken);
    }

    /// <summary>What is wrong in the warehouse after a delivery that succeeded; null where nothing is.</summary>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(Warehouse, cancellationToken);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await WarehouseState.DemandAuditAsync(session, cancellationToken);
        var started = await CountAsync("SELECT COUNT(*) FROM LOYALTY.DELIVERY WHERE STATUS = 'Started'");
        var forgotten = await CountAsync(
            "SELECT COUNT(*) FROM LOYALTY.DELIVERED_MEMBER AS m JOIN LOYALTY.DELIVERY AS d ON d.SEQUENCE_NUMBER = m.ADDED_IN WHERE d.STATUS <> 'Published'");
        var audience = await CountAsync(
            "SELECT COUNT(*) FROM LOYALTY.MASTER WHERE USER_ID NOT IN (SELECT USER_ID FROM LOYALTY.SUPPRESSION)");
        var members = await CountAsync("SELECT COUNT(*) FROM LOYALTY.DELIVERED_MEMBER WHERE REMOVED_IN IS NULL");
        return (started, forgotten, members) == (0, 0, audience)
            ? null
            : $"{started} deliveries are not settled, {forgotten} members belong to deliveries that failed, {members} members stand for an audience of {audience}.";

        Task<long> CountAsync(string sql) => session.CountAsync(sql, cancellationToken);
    }

    private static async Task ExecuteAsync(DuckDbWarehouse warehouse, string sql, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await session.ExecuteAsync(sql, [], cancellationToken);
    }
}
