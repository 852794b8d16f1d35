using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using LoyaltyPipeline.SnowflakeSupport;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>
/// A warehouse on Snowflake with highly engaged users, and a consumer whose files go through a stage to a real S3 server.
/// </summary>
internal sealed class StagedScene : IAsyncDisposable
{
    public const string Salt = "salt-that-nobody-may-read";

    private readonly S3Destination _s3;
    private readonly IObjectStore _bucket;
    private readonly TemporaryFolder _folder = new();

    private StagedScene(S3Destination s3, EngineWarehouse engine, AudienceWarehouse local)
    {
        _s3 = s3;
        Engine = engine;
        Local = local;
        _bucket = ObjectStores.Open($"s3://{s3.Bucket}", s3.Settings());
        Location = new StoreLocation(_bucket);
        var variable = $"LOYALTY_TEST_SALT_{s3.Prefix}";
        Environment.SetEnvironmentVariable(variable, Salt);
        Streamed = s3.Consumer(s3.Settings()) with
        {
            Destination = $"{s3.Location}/streamed",
            Compression = FileCompression.None,
            Redaction = new RedactionPolicy(Name: RedactionMethod.Keep, SaltVariable: variable),
        };
        Staged = Streamed with
        {
            Destination = $"{s3.Location}/staged",
            Stage = StageLocation.Parse($"@MARKETING_STAGE/{s3.Prefix}/staged"),
        };
    }

    public EngineWarehouse Engine { get; }

    public SnowflakeServer Server => Engine.Server!;

    /// <summary>The same users on DuckDB.</summary>
    public AudienceWarehouse Local { get; }

    /// <summary>Where the stage lies.</summary>
    public StoreLocation Location { get; }

    /// <summary>The consumer whose files this machine sends.</summary>
    public Consumer Streamed { get; }

    /// <summary>The consumer whose files go through the stage.</summary>
    public Consumer Staged { get; }

    public S3Settings Settings => _s3.Settings();

    /// <summary>What lies at the destination.</summary>
    public IObjectStore Store => _s3.Store;

    public IEnumerable<string> Unloads =>
        Server.Statements.Select(statement => statement.Text).Where(text => text.StartsWith("COPY INTO '@", StringComparison.Ordinal));

    public static async Task<StagedScene> CreateAsync(S3Fixture fixture, int users)
    {
        var local = await AudienceWarehouse.CreateAsync(users);
        await local.Test.ExecuteAsync(
            """
            UPDATE LOYALTY.MASTER SET FULL_NAME = CASE USER_ID % 5 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'a "b", c' || CHR(10) || 'd' WHEN 3 THEN '\N' ELSE '=1+1\' END,
                LAST_LOGIN_AT = CASE WHEN USER_ID % 2 = 0 THEN TIMESTAMP '2024-02-29 23:59:59.123456' END, PURCHASE_AMOUNT_TOTAL = USER_ID - 3.5, AVERAGE_RATING = 4.25,
                ENGAGEMENT_SCORE_DATE = DATE '2026-06-29'
            """);
        var engine = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);
        await engine.InitializeAsync();
        var scene = new StagedScene(new S3Destination(fixture), engine, local);
        scene.Server.MapExternalLocation($"s3compat://{scene._s3.Bucket}", scene.Location);
        await engine.ExecuteAsync(
            $"CREATE STAGE LOYALTY.MARKETING_STAGE URL = 's3compat://{scene._s3.Bucket}/' ENDPOINT = '{fixture.Server.Endpoint.Authority}'",
            $"INSERT INTO LOYALTY.SNAPSHOT VALUES (DATE '2026-06-30', 'test', {users}, TIMESTAMP '2026-07-01')");
        await scene.CopyMasterAsync();
        return scene;
    }

    public Task<DeliveryResult> DeliverAsync(
        Consumer consumer, DeliveryMode mode = DeliveryMode.Full,
        bool planOnly = false) => new DeliveryRunner(Engine.Pipeline).DeliverAsync(
        // So small that every section of users is a file.
        Engine.Warehouse, new DeliveryOptions(consumer, mode, PlanOnly: planOnly) { PartBytes = 1 }, Engine.Reporter, TestWarehouse.Token);

    public async Task<DeliveryManifest> ManifestOfAsync(DeliveryResult result) =>
        ManifestJson.ReadManifest((await Store.ReadAsync(KeyOf(result.Manifest), TestWarehouse.Token))!.Content, result.Manifest);

    /// <summary>The rows of a delivery, read without the code that wrote them.</summary>
    public async Task<IReadOnlyList<string>> RowsOfAsync(DeliveryResult result)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"))).FullName;
        foreach (var name in result.Files.Select(file => file.Name).Append("manifest.json"))
            await Store.DownloadAsync(
                KeyOf(result.Manifest).Replace("manifest.json", name, StringComparison.Ordinal), Path.Combine(folder, name),
                TestWarehouse.Token);
        return [.. DeliveredRows.Describe(
            await DeliveredRows.ReadAsync(Local.Test, new DeliveryResult { Manifest = Path.Combine(folder, "manifest.json") }))];
    }

    /// <summary>What lies in the folders of deliveries through the stage.</summary>
    public async Task<IReadOnlyList<string>> StagedKeysAsync() =>
        await Store.ListAsync("staged/", TestWarehouse.Token).Select(entry => entry.Key).ToListAsync(TestWarehouse.Token);

    /// <summary>The key of a manifest, or of its folder.</summary>
    public string KeyOf(string address) => address[(_s3.Location.Length + 1)..];

    public async ValueTask DisposeAsync()
    {
        await _bucket.DisposeAsync();
        _s3.Dispose();
        await Local.DisposeAsync();
        await Engine.DisposeAsync();
        _folder.Dispose();
    }

    private async Task CopyMasterAsync()
    {
        var path = Path.Combine(_folder.Path, "master.csv.gz");
        var columns = Engine.Pipeline.Catalog.Master.Columns.Select(column => column.Name).ToList();
        await using (var from = await Local.Test.Warehouse.OpenSessionAsync(TestWarehouse.Token))
            await from.UnloadAsync($"SELECT {SqlText.List(columns)} FROM LOYALTY.MASTER", UnloadFormat.Loadable, path, TestWarehouse.Token);
        await using var to = await Engine.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        await to.LoadAsync("LOYALTY.MASTER", columns, path, TestWarehouse.Token);
    }
}
