using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Conformance;

/// <summary>Users are erased alike on both engines, and come back on neither.</summary>
[Trait("Group", "Conformance")]
public sealed class ErasureConformanceTests
{
    private static readonly long[] Users = [1, 2, 3, 40];

    private static readonly string[] Differing =
    [
        "RUN_ID", "RESOLVED_BY", "STARTED_AT", "SECONDS", "WAITED_SECONDS", "WRITTEN_AT", "CHECKED_AT", "FAILED_SINCE", "HOST", "QUERY_IDS",
        "HELD_SINCE", "PROCESS_STARTED_AT", "EXPIRES_AT", "USER_HASH", "HASH_KEY", "ERASED_AT", "MADE_AT", "MESSAGE", "VIOLATION_QUERY",
        "ROWS_PER_SECOND", "LOGGED_AT", "PARAMETERS", "PREVIOUS_HASH", "ENTRY_HASH",
    ];

    [Fact]
    public async Task Both_engines_come_to_the_same_tables()
    {
        using var landing = new TemporaryFolder();
        var options = new SyntheticDataOptions { Users = 60, Days = 40, Dirty = true };
        await using var duckDb = await EngineWarehouse.CreateAsync(DuckDbDialect.Name);
        await new SyntheticDataWriter(duckDb.Pipeline).WriteFilesAsync(
            landing.Path, options, compress: false, replace: false, duckDb.Reporter, EngineWarehouse.Token);
        await using var snowflake = await EngineWarehouse.CreateAsync(SnowflakeDialect.Name);

        var expected = await RunAsync(duckDb, landing.Path, options.LastDay);
        var found = await RunAsync(snowflake, landing.Path, options.LastDay);

        Assert.Equal(expected.Keys, found.Keys);
        foreach (var (what, rows) in expected)
            Assert.Equal(rows, found[what]);
        Assert.Contains("Erased", expected["erased"][0], StringComparison.Ordinal);
        Assert.NotEmpty(expected["LOYALTY.MASTER"]);
    }

    internal static async Task<Dictionary<string, IReadOnlyList<string>>> RunAsync(EngineWarehouse test, string landing, DateOnly lastDay)
    {
        var states = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        await test.InitializeAsync();
        await ImportAsync("imported");
        await MergeAsync(lastDay.AddDays(-1));
        await MergeAsync(lastDay);
        await TestAsync();
        states.Add("planned", Say(await EraseAsync(planOnly: true)));
        states.Add("erased", Say(await EraseAsync(planOnly: false)));
        await TestAsync();
        await ImportAsync("imported again");
        await MergeAsync(lastDay);
        await TestAsync();
        foreach (var table in test.Pipeline.Catalog.Tables.Where(
            table => table.Masks is null && table.Name.Table is not "RUN_STEP" and not "METRIC" and not "CHECK_RESULT"))
        {
            var columns = table.Columns.Select(column => column.Name).Except(Differing).ToList();
            states.Add(
                table.Name.ToString(),
                [
                    .. (await test.RowsAsync($"SELECT {SqlText.List(columns.DefaultIfEmpty("1"))} FROM {table.Name}"))
                        .Order(StringComparer.Ordinal),
                ]);
        }

        states.Add("named", await test.RowsAsync($"SELECT USER_ID FROM LOYALTY.HISTORY WHERE USER_ID IN ({string.Join(", ", Users)})"));
        Assert.Empty(states["named"]);
        states.Add("released", Say(await new UserEraser(test.Pipeline).ReleaseAsync(
            test.Warehouse, new EraseOptions([1, 999]), test.Reporter, EngineWarehouse.Token)));
        states.Add("left", await test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.ERASURE"));
        return states;

        Task<IReadOnlyList<ErasureResult>> EraseAsync(bool planOnly) => new UserEraser(test.Pipeline).EraseAsync(
            test.Warehouse, new EraseOptions(Users, PlanOnly: planOnly), test.Reporter, EngineWarehouse.Token);

        Task MergeAsync(DateOnly day) => new MergeRunner(test.Pipeline).RunAsync(
            test.Warehouse, new MergeOptions(day, Force: true), test.Reporter, EngineWarehouse.Token);

        Task TestAsync() => new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions(), test.Reporter, EngineWarehouse.Token);

        async Task ImportAsync(string what)
        {
            var counts = new List<string>();
            foreach (var group in new LandingFolder(test.Pipeline.Catalog, _ => { }).Find(landing, table: null))
            {
                var result = await new SourceImporter(test.Pipeline).ImportAsync(
                    test.Warehouse, group.Key, [.. group], new ImportOptions(MaxRejected: TestWarehouse.AnyNumber), test.Reporter,
                    EngineWarehouse.Token);
                counts.Add(
                    $"{result.SourceTable} {result.RowsRead} {result.Erased} {result.Inserted} {result.Unchanged} {result.Rejected}");
                Assert.Equal(result.RowsRead, result.RowsUsed + result.Rejected + result.Erased);
            }

            states.Add(what, counts);
        }
    }

    private static IReadOnlyList<string> Say(IReadOnlyList<ErasureResult> results) =>
        [.. results.Select(result => $"{result.UserId} {result.Outcome} {string.Join(", ", result.Removed)}")];
}
