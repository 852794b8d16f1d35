using System.Data.Common;
using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Sources;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>An initialized DuckDB warehouse of its own, with short forms of what tests do with it.</summary>
internal sealed class TestWarehouse : IAsyncDisposable
{
    private static readonly Lazy<PipelineDefinition> Defaults = new(() => PipelineLoader.Load(Repository.SqlFolder, configPath: null));

    private static readonly Lazy<Task<string>> Schema = new(() => SchemaAsync(withSources: true));

    private static readonly Lazy<Task<string>> OwnSchema = new(() => SchemaAsync(withSources: false));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-test-");

    private TestWarehouse(DuckDbWarehouse warehouse, PipelineDefinition pipeline)
    {
        Warehouse = warehouse;
        Pipeline = pipeline;
    }

    public DuckDbWarehouse Warehouse { get; }

    public PipelineDefinition Pipeline { get; set; }

    public RecordingReporter Reporter { get; } = new();

    public string Folder => _folder.FullName;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    // Of three rows one that is bad is not suspicious here.
    private static PipelineDefinition Patient => Defaults.Value with
    {
        Config = new PipelineConfig { Guards = new GuardLimits(Rejected: 1) { StaleSources = false, LeastRows = 1 } },
    };

    /// <summary>A warehouse in memory that has no table yet.</summary>
    public static async Task<TestWarehouse> CreateBareAsync() => new(await DuckDbWarehouse.OpenAsync(":memory:", Token), Patient);

    public static async Task<TestWarehouse> CreateAsync(bool withSources = true, string path = ":memory:")
    {
        var isNew = !File.Exists(path);
        var pipeline = Patient;
        var test = new TestWarehouse(await DuckDbWarehouse.OpenAsync(path, Token), pipeline);
        await test.ExecuteAsync(EngineThreads.Sql);
        // To make the same tables again needs no looking what there is.
        if (isNew)
            await test.ExecuteAsync(await (withSources ? Schema : OwnSchema).Value);
        else
            await new SchemaInstaller(pipeline.Catalog).InitializeAsync(test.Warehouse, withSources, planOnly: false, test.Reporter, Token);
        return test;
    }

    /// <summary>Any number of rows may be rejected: tests of faults have files of little else.</summary>
    public static RowLimit AnyNumber { get; } = new(100, IsPercent: true);

    /// <summary>Writes a file to import.</summary>
    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    public async Task<ImportResult> ImportAsync(string path, ImportOptions? options = null, string? table = null)
    {
        var group = new LandingFolder(Pipeline.Catalog, _ => { }).Find(path, table).Single();
        return await new SourceImporter(Pipeline).ImportAsync(
            Warehouse, group.Key, [.. group], options ?? new ImportOptions(MaxRejected: AnyNumber), Reporter, Token);
    }

    public async Task ImportFolderAsync(string path)
    {
        foreach (var group in new LandingFolder(Pipeline.Catalog, _ => { }).Find(path, table: null))
            await new SourceImporter(Pipeline).ImportAsync(
                Warehouse, group.Key, [.. group], new ImportOptions(MaxRejected: AnyNumber), Reporter, Token);
    }

    public Task<MergeResult> MergeAsync(DateOnly day, bool force = false, bool planOnly = false) =>
        new MergeRunner(Pipeline).RunAsync(Warehouse, new MergeOptions(day, force, planOnly), Reporter, Token);

    public async Task ExecuteAsync(string sql)
    {
        await using var session = await Warehouse.OpenSessionAsync(Token);
        await session.ExecuteAsync(sql, Token);
    }

    /// <summary>The rows of a query, each as its values joined by <c>|</c>, NULL as the word.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var session = await Warehouse.OpenSessionAsync(Token);
        return await session.ListAsync(sql, [], Describe, Token);
    }

    /// <summary>A connection for what goes past the warehouse.</summary>
    public async Task<DuckDBConnection> ConnectAsync()
    {
        var session = (DuckDbSession)await Warehouse.OpenSessionAsync(Token);
        return session.Connection;
    }

    public async ValueTask DisposeAsync()
    {
        await Warehouse.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<string> SchemaAsync(bool withSources)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(":memory:", CancellationToken.None);
        var plan = await new SchemaInstaller(Defaults.Value.Catalog).InitializeAsync(
            warehouse, withSources, planOnly: true, new RecordingReporter(), CancellationToken.None);
        return string.Join(";\n", plan.Select(change => change.Sql));
    }

    private static string Describe(
        DbDataReader reader) => string.Join('|', Enumerable
            .Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "NULL" : reader.GetValue(column) switch
            {
                DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", System.Globalization.CultureInfo.InvariantCulture),
                DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
            }));
}
