using System.Diagnostics;
using DuckDB.NET.Data;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Sources;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>
/// Imports a landing folder table by table, through the importer and, if wanted, by the engine's own means into another file.
/// </summary>
internal sealed class ImportTask
{
    public const string Name = "import";

    /// <summary>Prefix of the parts that are imports.</summary>
    public const string Importer = "importer ";

    /// <summary>Prefix of the parts that are the engine's own reading.</summary>
    public const string Engine = "read_csv ";

    private readonly PipelineDefinition _pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
    private readonly Dictionary<string, double> _parts = new(StringComparer.Ordinal);

    public static async Task<MeasuredRun> StartAsync(
        Workspace workspace, bool importerFirst, bool withEngine, CancellationToken cancellationToken)
    {
        string[] files = [workspace.PathOf("imported.duckdb"), workspace.PathOf("engine.duckdb")];
        foreach (var file in files)
            Workspace.DeleteWarehouse(file);
        var run = await MeasuredProcess.StartAsync(
            Name,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["folder"] = workspace.LandingFolder,
                ["imported"] = files[0],
                ["engine"] = files[1],
                ["importer-first"] = importerFirst.ToString(),
                ["with-engine"] = withEngine.ToString(),
            },
            cancellationToken);
        foreach (var file in files)
            Workspace.DeleteWarehouse(file);
        return run;
    }

    public static Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken) => new ImportTask().MeasureAsync(
        arguments["folder"], arguments["imported"], arguments["engine"], bool.Parse(arguments["importer-first"]),
        bool.Parse(arguments["with-engine"]), cancellationToken);

    private async Task<MeasuredRun> MeasureAsync(
        string folder, string imported, string engine, bool importerFirst, bool withEngine, CancellationToken cancellationToken)
    {
        var groups = new LandingFolder(_pipeline.Catalog, _ => { }).Find(folder, table: null);
        await WarmUpAsync([.. groups[^1]], cancellationToken);
        _parts.Clear();

        await using var first = await CreateAsync(imported, cancellationToken);
        await using var second = await CreateAsync(engine, cancellationToken);
        await using var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = engine }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        long rows = 0;
        foreach (var group in groups)
        {
            if (importerFirst || !withEngine)
                rows += await ImportAsync(first, group.Key, [.. group], cancellationToken);
            if (withEngine)
                await ReadAsync(connection, group.Key, [.. group], cancellationToken);
            if (!importerFirst && withEngine)
                rows += await ImportAsync(first, group.Key, [.. group], cancellationToken);
            importerFirst = !importerFirst;
        }

        return MeasuredRun.OfThisProcess(_parts.Values.Sum(), rows, _parts);
    }

    // A person who imports pays for compiling the code once, not once a table; both ways are compiled before anything is measured.
    private async Task WarmUpAsync(List<SourceFile> files, CancellationToken cancellationToken)
    {
        await using var warehouse = await CreateAsync(":memory:", cancellationToken);
        await ImportAsync(warehouse, files[0].Table, files, cancellationToken);
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE warm AS SELECT * FROM read_csv({SqlText.Quote(files[0].Path)})";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<DuckDbWarehouse> CreateAsync(string path, CancellationToken cancellationToken)
    {
        var warehouse = await DuckDbWarehouse.OpenAsync(path, cancellationToken);
        await new SchemaInstaller(_pipeline.Catalog).InitializeAsync(
            warehouse, includeSources: true, planOnly: false, new SilentReporter(), cancellationToken);
        return warehouse;
    }

    private async Task<long> ImportAsync(
        DuckDbWarehouse warehouse, CatalogTable table, IReadOnlyList<SourceFile> files, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var result = await new SourceImporter(_pipeline).ImportAsync(
            warehouse, table, files, new ImportOptions(), new SilentReporter(), cancellationToken);
        _parts[Importer + table] = clock.Elapsed.TotalSeconds;
        return result.RowsUsed;
    }

    private async Task ReadAsync(
        DuckDBConnection connection, CatalogTable table, IReadOnlyList<SourceFile> files, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        foreach (var file in files)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"INSERT INTO {table} SELECT * FROM read_csv({SqlText.Quote(file.Path)})";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        _parts[Engine + table] = clock.Elapsed.TotalSeconds;
    }
}
