using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Schema;

/// <summary>The tables follow the catalog, by adding only.</summary>
public sealed class SchemaInstallerTests
{
    private const string Shape = "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns ORDER BY ALL";

    [Fact]
    public async Task The_tables_are_those_of_the_catalog()
    {
        await using var test = await TestWarehouse.CreateAsync();

        var expected = test.Pipeline.Catalog.Tables.SelectMany(
            table => table.Columns.Select(column => $"{table.Name.Schema}|{table.Name.Table}|{column.Name}|{column.Type}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await test.RowsAsync(Shape)).Order(StringComparer.Ordinal));
        Assert.Equal(["RUN|NULL|NULL|NULL|NULL|NULL|NULL|NULL"], await test.RowsAsync("SELECT * FROM LOYALTY.RUN_LOCK"));
    }

    [Fact]
    public async Task Twice_is_once()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        var (shape, state) = (await scene.Test.RowsAsync(Shape), await scene.StateAsync());

        Assert.Empty(await InitializeAsync(scene.Test));
        Assert.Equal(shape, await scene.Test.RowsAsync(Shape));
        Assert.Equal(state, await scene.StateAsync());
    }

    [Fact]
    public async Task A_plan_lists_the_statements_and_changes_nothing()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await using var empty = await DuckDbWarehouse.OpenAsync(":memory:", TestWarehouse.Token);
        var installer = new SchemaInstaller(test.Pipeline.Catalog);

        var plan = await installer.InitializeAsync(empty, includeSources: true, planOnly: true, test.Reporter, TestWarehouse.Token);
        var again = await installer.InitializeAsync(empty, includeSources: true, planOnly: true, test.Reporter, TestWarehouse.Token);
        var applied = await installer.InitializeAsync(empty, includeSources: true, planOnly: false, test.Reporter, TestWarehouse.Token);

        Assert.All(plan, change => Assert.False(change.Applied));
        Assert.Equal(Facts.Of(plan), Facts.Of(again));
        Assert.Equal(
            Facts.Of(plan.Select(change => new SchemaChange(change.Action, change.Name, change.Sql, applied: true))), Facts.Of(applied));
        Assert.Equal(
            ["DW_A", "DW_B", "DW_C", "LOYALTY"],
            plan.Where(change => change.Action == SchemaAction.CreateSchema).Select(change => change.Name));
        var (views, tables) = (
            test.Pipeline.Catalog.Tables.Where(table => table.Kind == TableKind.View),
            test.Pipeline.Catalog.Tables.Where(table => table.Kind != TableKind.View));
        Assert.Equal(
            tables.Select(table => table.Name.ToString()),
            plan.Where(change => change.Action == SchemaAction.CreateTable).Select(change => change.Name));
        Assert.Equal(
            // The heads of the audit trail, then what was told, the form, the table of the lock and its row: what is made last tells that all is there.
            [SchemaAction.SeedRow, SchemaAction.CreateTable, SchemaAction.CreateTable, SchemaAction.SeedRow, SchemaAction.CreateTable,
                SchemaAction.SeedRow, .. views.Select(_ => SchemaAction.CreateView)],
            plan.Select(change => change.Action).SkipWhile(action => action != SchemaAction.SeedRow));
        Assert.Equal(
            views.Select(view => view.Name.ToString()),
            plan.Where(change => change.Action == SchemaAction.CreateView).Select(change => change.Name));
    }

    [Fact]
    public async Task A_view_that_lacks_a_column_is_replaced()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        await scene.RunAsync("CREATE OR REPLACE VIEW LOYALTY.HISTORY_SNAPSHOT AS SELECT USER_ID FROM LOYALTY.HISTORY");

        var change = Assert.Single(await InitializeAsync(scene.Test));

        Assert.Equal((SchemaAction.CreateView, "LOYALTY.HISTORY_SNAPSHOT"), (change.Action, change.Name));
        Assert.Equal(
            ["2024-03-31|1", "2024-03-31|2"],
            await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE, USER_ID FROM LOYALTY.HISTORY_SNAPSHOT ORDER BY ALL"));
        Assert.Empty(await InitializeAsync(scene.Test));
    }

    [Theory]
    [MemberData(nameof(EngineWarehouse.All), MemberType = typeof(EngineWarehouse))]
    public async Task A_view_of_an_earlier_text_is_replaced_even_where_its_columns_are_the_same(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await test.InitializeAsync();
        var view = test.Pipeline.Catalog.Tables.Single(table => table.Name.Table == "SEGMENT_TREND");
        await test.ExecuteAsync(
            Ddl.CreateView(test.Warehouse.Dialect, view with { Query = $"SELECT * FROM (\n{view.Query}\n) AS earlier WHERE FALSE" }));

        var change = Assert.Single(await test.InitializeAsync());

        Assert.Equal((SchemaAction.CreateView, "LOYALTY.SEGMENT_TREND"), (change.Action, change.Name));
        Assert.Empty(await test.RowsAsync("SELECT table_name FROM information_schema.views WHERE UPPER(view_definition) LIKE '%EARLIER%'"));
        Assert.Empty(await test.InitializeAsync());
    }

    [Fact]
    public async Task Line_ends_do_not_make_a_text_another_one()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var view = test.Pipeline.Catalog.Tables.First(table => table.Kind == TableKind.View);

        Assert.Equal(Ddl.ViewMark(view), Ddl.ViewMark(view with { Query = view.Query!.ReplaceLineEndings("\r\n") }));
        Assert.NotEqual(Ddl.ViewMark(view), Ddl.ViewMark(view with { Query = view.Query + " " }));
        Assert.NotEqual(Ddl.ViewMark(view), Ddl.ViewMark(view with { Columns = [.. view.Columns.Skip(1)] }));
    }

    [Fact]
    public async Task Sources_are_left_out_on_demand()
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);

        Assert.Equal(["LOYALTY"], await test.RowsAsync("SELECT DISTINCT table_schema FROM information_schema.columns"));
        Assert.Equal(
            test.Pipeline.Catalog.Sources.Count + test.Pipeline.Catalog.Sources.Select(source => source.Name.Schema).Distinct().Count(),
            (await InitializeAsync(test)).Count);
    }

    [Fact]
    public async Task Missing_columns_are_added_and_rows_kept()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.RunAsync(
            "ALTER TABLE DW_A.USER_PROFILE DROP COLUMN PHONE", "ALTER TABLE LOYALTY.RUN DROP COLUMN GUARDS",
            "ALTER TABLE DW_A.USER_PROFILE ADD COLUMN NOTE VARCHAR");

        var changes = await InitializeAsync(scene.Test);

        Assert.Equal(["DW_A.USER_PROFILE.PHONE", "LOYALTY.RUN.GUARDS"], changes.Select(change => change.Name));
        Assert.All(changes, change => Assert.Equal(SchemaAction.AddColumn, change.Action));
        Assert.Equal(
            ["1|NULL|NULL", "2|NULL|NULL"], await scene.Test.RowsAsync("SELECT USER_ID, PHONE, NOTE FROM DW_A.USER_PROFILE ORDER BY 1"));
        // Columns are found by name, whatever their order.
        Assert.Equal(2, (await scene.MergeAsync()).Inserted);
    }

    [Fact]
    public async Task Names_in_lower_case_are_the_same_names()
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        await test.ExecuteAsync("CREATE SCHEMA dw_c");
        await test.ExecuteAsync(
            "CREATE TABLE dw_c.region_metadata (region_code VARCHAR, region_name VARCHAR, country VARCHAR, region_class VARCHAR)");

        Assert.DoesNotContain(
            await InitializeAsync(test),
            change => change.Name.EndsWith("REGION_METADATA", StringComparison.Ordinal) || change.Name == "DW_C");
    }

    [Theory]
    [InlineData(
        "ALTER TABLE LOYALTY.MASTER ALTER LOGINS_30D TYPE BIGINT",
        "Column LOYALTY.MASTER.LOGINS_30D is BIGINT in the warehouse but INTEGER in the catalog.")]
    [InlineData(
        "ALTER TABLE DW_A.ENGAGEMENT_SCORE ALTER SCORE TYPE DECIMAL(6,2)",
        "Column DW_A.ENGAGEMENT_SCORE.SCORE is DECIMAL(6,2) in the warehouse but DECIMAL(5,2) in the catalog.")]
    [InlineData(
        "ALTER TABLE DW_A.USER_PROFILE ALTER SIGNED_UP_AT TYPE TIMESTAMP WITH TIME ZONE",
        "Column DW_A.USER_PROFILE.SIGNED_UP_AT is TIMESTAMP WITH TIME ZONE in the warehouse but TIMESTAMP in the catalog.")]
    public async Task Another_type_is_a_conflict_and_nothing_is_changed(string change, string message)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync(change);
        await test.ExecuteAsync("DROP TABLE LOYALTY.QUARANTINE");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => InitializeAsync(test));

        Assert.Equal(("SchemaConflict", message), (error.ErrorId, error.Message));
        Assert.Empty(await test.RowsAsync("SELECT * FROM information_schema.tables WHERE table_name = 'QUARANTINE'"));
    }

    private static Task<IReadOnlyList<SchemaChange>> InitializeAsync(TestWarehouse test, bool planOnly = false) =>
        new SchemaInstaller(test.Pipeline.Catalog).InitializeAsync(
            test.Warehouse, includeSources: true, planOnly, test.Reporter, TestWarehouse.Token);
}
