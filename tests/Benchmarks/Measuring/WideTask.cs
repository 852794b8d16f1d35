using System.Diagnostics;
using LoyaltyPipeline.Core;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Integrity.Checks;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>
/// Checks each column of the wide table for completeness and uniqueness: as a test run does, or with a query of its own for each check.
/// </summary>
internal static class WideTask
{
    public const string Name = "wide";

    /// <summary>Makes a warehouse with the wide table.</summary>
    public static async Task PrepareAsync(string path, CancellationToken cancellationToken)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(path, cancellationToken);
        await new SchemaInstaller(PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog).InitializeAsync(
            warehouse, includeSources: true, planOnly: false, new SilentReporter(), cancellationToken);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await session.ExecuteAsync(WideTable.Create, cancellationToken);
    }

    /// <param name="how"><c>run</c>, <c>counts</c> for a run without samples, or <c>queries</c> for one query a check.</param>
    public static Task<MeasuredRun> StartAsync(string warehouse, string how, CancellationToken cancellationToken) =>
        MeasuredProcess.StartAsync(
            Name, new Dictionary<string, string>(StringComparer.Ordinal) { ["warehouse"] = warehouse, ["how"] = how }, cancellationToken);

    public static async Task<MeasuredRun> RunAsync(ArgumentMap arguments, CancellationToken cancellationToken)
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(arguments["warehouse"], cancellationToken);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        var violations = arguments["how"] == "queries"
            ? await QueryAsync(session, cancellationToken)
            : await TestAsync(warehouse, session, arguments["how"] == "run" ? 5 : 0, cancellationToken);
        return MeasuredRun.OfThisProcess(clock.Elapsed.TotalSeconds, violations);
    }

    private static async Task<long> TestAsync(
        IWarehouse warehouse, IWarehouseSession session, int sample, CancellationToken cancellationToken)
    {
        var pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        var run = new IntegrityRun(
            new RunContext(pipeline, warehouse, session, new SilentReporter()), [.. Checks()], new IntegrityOptions { Sample = sample });
        var results = await run.CheckAsync(cancellationToken);
        return results.Sum(result => result.Violations ?? throw new InvalidOperationException($"{result.CheckId}: {result.Message}"));
    }

    private static IEnumerable<Check> Checks() => WideTable.Table.Columns.SelectMany(column => new Check[]
    {
        new RowCheck(Define($"{column.Name}.not_null"), WideTable.Table, $"{column.Name} IS NULL"),
        new UniqueCheck(Define($"{column.Name}.unique"), WideTable.Table, [column]),
    });

    private static CheckDefinition Define(string id) =>
        new(id, CheckSuite.Sources, WideTable.Table.Name, Column: null, "is wrong", CheckThreshold.FailsOnAny);

    private static async Task<long> QueryAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var violations = 0L;
        foreach (var column in WideTable.Table.Columns)
        {
            violations += await session.CountAsync(
                $"SELECT COUNT(*) FROM {WideTable.Table} WHERE {column.Name} IS NULL", cancellationToken);
            violations += await session.CountAsync(
                $"SELECT SUM(N - 1) FROM (SELECT {column.Name}, COUNT(*) AS N FROM {WideTable.Table} WHERE {column.Name} IS NOT NULL GROUP BY {column.Name} HAVING COUNT(*) > 1) AS d", cancellationToken);
        }

        return violations;
    }
}
