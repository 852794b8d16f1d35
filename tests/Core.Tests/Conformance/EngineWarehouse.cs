using System.Data.Common;
using System.Globalization;
using System.Net;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.SnowflakeSupport;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>An empty warehouse of an engine, the same to its users whichever engine it is.</summary>
internal sealed class EngineWarehouse : IAsyncDisposable
{
    private EngineWarehouse(IWarehouse warehouse, SnowflakeServer? server)
    {
        Warehouse = warehouse;
        Server = server;
        // Of three rows one that is bad is not suspicious here.
        Pipeline = PipelineLoader.Load(
            Repository.SqlFolder,
            configPath: null) with
        {
            Config = new PipelineConfig
            {
                Guards = new GuardLimits(Rejected: 1, SegmentMoves: 1) { StaleSources = false },
            }
        };
    }

    /// <summary>The engines that must behave alike.</summary>
    public static TheoryData<string> All { get; } = new(DuckDbDialect.Name, SnowflakeDialect.Name);

    public IWarehouse Warehouse { get; }

    /// <summary>The server behind a Snowflake warehouse.</summary>
    public SnowflakeServer? Server { get; }

    public PipelineDefinition Pipeline { get; set; }

    public RecordingReporter Reporter { get; } = new();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EngineWarehouse> CreateAsync(string engine)
    {
        if (engine == DuckDbDialect.Name)
        {
            var test = new EngineWarehouse(await DuckDbWarehouse.OpenAsync(":memory:", Token), server: null);
            await test.ExecuteAsync(EngineThreads.Sql);
            return test;
        }

        var server = new SnowflakeServer();
        return new EngineWarehouse(await ConnectAsync(server), server);
    }

    /// <summary>
    /// Connects to a server, as another machine would: with the driver over the wire where it is there, else with the provider over the
    /// same server.
    /// </summary>
    public static async Task<SnowflakeWarehouse> ConnectAsync(SnowflakeServer server, Func<AccountSettings, AccountSettings>? change = null)
    {
        var settings = new AccountSettings
        {
            Account = server.Account,
            User = server.User,
            Password = new NetworkCredential(string.Empty, server.Password).SecurePassword,
            Role = "LOADER",
            VirtualWarehouse = "LOADING",
            Database = server.Database,
            // A test that leaves a lock behind fails by it, and soon.
            LockTimeout = TimeSpan.FromSeconds(20),
        };
        settings = change?.Invoke(settings) ?? settings;
        if (!SnowflakeDriver.IsThere)
            return await SnowflakeWarehouse.OpenAsync(server.ProviderFactory, settings, Token);
        var address = await server.ListenAsync();
        return await SnowflakeWarehouse.OpenAsync(
            settings with { Host = address.Host, Port = address.Port, Scheme = address.Scheme }, Token);
    }

    public Task<IReadOnlyList<SchemaChange>> InitializeAsync() =>
        new SchemaInstaller(Pipeline.Catalog).InitializeAsync(Warehouse, includeSources: true, planOnly: false, Reporter, Token);

    public async Task ExecuteAsync(params string[] statements)
    {
        await using var session = await Warehouse.OpenSessionAsync(Token);
        foreach (var statement in statements)
            await session.ExecuteAsync(statement, Token);
    }

    /// <summary>The rows of a query, each as its values joined by <c>|</c>, NULL as the word.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var session = await Warehouse.OpenSessionAsync(Token);
        return await RowsAsync(session, sql);
    }

    public static Task<IReadOnlyList<string>> RowsAsync(IWarehouseSession session, string sql) =>
        session.ListAsync(sql, [], Describe, Token);

    public async ValueTask DisposeAsync()
    {
        await Warehouse.DisposeAsync();
        Server?.Dispose();
    }

    private static string Describe(
        DbDataReader reader) => string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.ValueAt(column) switch
    {
        null => "NULL",
        // Not every driver keeps zeros at the end.
        decimal number => number.ToString("G29", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    }));
}
