using LoyaltyPipeline.Core.Answers;
using LoyaltyPipeline.Core.Dashboard;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Status;
using LoyaltyPipeline.Core.Tests.Conformance;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Schema;

/// <summary>A warehouse says which form its tables have, and a module that does not know it keeps away.</summary>
public sealed class SchemaVersionTests
{
    public static TheoryData<string> Engines => EngineWarehouse.All;

    private static CancellationToken Token => EngineWarehouse.Token;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_newer_form_is_refused_before_anything_is_changed(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        await test.ExecuteAsync(
            "INSERT INTO LOYALTY.SCHEMA_VERSION (VERSION, MODULE_VERSION) VALUES (7, '9.1.0'), (6, '9.0.0')",
            "DROP TABLE LOYALTY.METRIC");
        Func<Task>[] attempts =
        [
            () => test.InitializeAsync(),
            () => new SchemaInstaller(test.Pipeline.Catalog).InitializeAsync(
                test.Warehouse, includeSources: false, planOnly: true, test.Reporter, Token),
            () => new MergeRunner(test.Pipeline).RunAsync(
                test.Warehouse, new MergeOptions(new DateOnly(2024, 3, 31), Force: true), test.Reporter, Token),
            async () => await new QueryReader(test.Pipeline).ReadAsync(
                test.Warehouse, new QueryRequest("SELECT 1 AS N", new Dictionary<string, object?>(StringComparer.Ordinal), AsOf: null),
                LockWait.None, test.Reporter, Token).ToListAsync(Token),
            () => new PipelineDashboard(test.Pipeline).DescribeAsync(test.Warehouse, days: 90, wait: null, test.Reporter, Token),
            () => new StatusReader(test.Pipeline).ReadAsync(test.Warehouse, new DateTime(2024, 4, 1), test.Reporter, Token),
            () => new IntegrityRunner(test.Pipeline).RunAsync(test.Warehouse, new IntegrityOptions(), test.Reporter, Token),
            () => RunReader.ReadAsync(test.Warehouse, new RunQuery(), test.Reporter, Token),
            () => RunLock.TakeAsync(test.Warehouse, wait: null, test.Reporter, Token),
        ];

        foreach (var attempt in attempts)
        {
            var error = await Assert.ThrowsAsync<LoyaltyException>(attempt);

            Assert.Equal(LoyaltyErrors.WarehouseTooNew, error.Definition);
            Assert.Equal(
                "The tables of the warehouse have the form 7, which the module 9.1.0 made; this module knows forms up to 1.", error.Message);
        }

        Assert.Equal(["0"], await test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.RUN"));
        Assert.Equal(
            ["0"],
            await test.RowsAsync("SELECT COUNT(*) FROM information_schema.tables WHERE UPPER(table_name) = 'METRIC'"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_form_is_noted_once(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();

        Assert.Empty(await test.InitializeAsync());
        Assert.Equal([$"1|{test.Pipeline.ModuleVersion}"], await test.RowsAsync("SELECT VERSION, MODULE_VERSION FROM LOYALTY.SCHEMA_VERSION"));

        await test.ExecuteAsync("DELETE FROM LOYALTY.SCHEMA_VERSION");
        Assert.Equal(SchemaAction.SeedRow, Assert.Single(await test.InitializeAsync()).Action);
        await test.ExecuteAsync("DROP TABLE LOYALTY.SCHEMA_VERSION");
        Assert.Equal([SchemaAction.CreateTable, SchemaAction.SeedRow], (await test.InitializeAsync()).Select(change => change.Action));
        Assert.Equal(["1"], await test.RowsAsync("SELECT VERSION FROM LOYALTY.SCHEMA_VERSION"));
    }
}
