using DuckDB.NET.Data;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Configuration;

/// <summary>Sources that lie elsewhere count as if they were schemas of the warehouse.</summary>
public sealed class SourceLocationTests
{
    private static readonly SyntheticDataOptions Options = new() { Users = 300, Days = 60, Dirty = true };

    [Fact]
    public async Task Master_is_the_same_wherever_the_sources_are()
    {
        await using var inside = await FilledAsync();
        await inside.MergeAsync(Options.LastDay);
        await using var outside = await FilledAsync();
        await outside.ExecuteAsync("CREATE SCHEMA CRM");
        await outside.ExecuteAsync("CREATE TABLE CRM.USER_ACTIVITY AS FROM DW_A.USER_ACTIVITY");
        foreach (var table in new[] { "USER_PROFILE", "ENGAGEMENT_SCORE", "REPEAT_ENGAGEMENTS" })
            await outside.ExecuteAsync($"CREATE TABLE CRM.{table} AS FROM DW_A.{table}");
        await MoveAsync(outside, "DW_B", "main");
        await MoveAsync(outside, "DW_C", "regions");
        await outside.ExecuteAsync("DROP SCHEMA DW_A CASCADE");
        Configure(outside, "{DW_A: {schema: CRM}, DW_B: {file: other.duckdb}, DW_C: {file: other.duckdb, schema: regions}}");

        var result = await outside.MergeAsync(Options.LastDay);

        Assert.Equal(300, result.Users);
        Assert.Empty(outside.Reporter.Warnings);
        foreach (var query in new[] { "SELECT * FROM LOYALTY.MASTER ORDER BY ALL", "SELECT * FROM LOYALTY.HISTORY ORDER BY ALL",
            "SELECT * EXCLUDE RUN_ID FROM LOYALTY.QUARANTINE ORDER BY ALL" })
            Assert.Equal(await inside.RowsAsync(query), await outside.RowsAsync(query));
    }

    [Fact]
    public async Task A_file_is_let_go_after_the_run_and_read_anew_by_the_next()
    {
        await using var test = await FilledAsync();
        await MoveAsync(test, "DW_C", "main");
        Configure(test, "{DW_C: {file: other.duckdb}}");
        await test.MergeAsync(Options.LastDay);
        Assert.Empty(await test.RowsAsync("SELECT database_name FROM duckdb_databases() WHERE database_name LIKE 'FILE%'"));

        await using (var owner = new DuckDBConnection($"DataSource={Path.Combine(test.Folder, "other.duckdb")}"))
        {
            await owner.OpenAsync(TestWarehouse.Token);
            await using var command = owner.CreateCommand();
            command.CommandText = "UPDATE REGION_METADATA SET REGION_NAME = 'Renamed'";
            await command.ExecuteNonQueryAsync(TestWarehouse.Token);
        }

        await test.MergeAsync(Options.LastDay);
        Assert.Equal(["Renamed"], await test.RowsAsync("SELECT DISTINCT REGION_NAME FROM LOYALTY.MASTER WHERE REGION_NAME IS NOT NULL"));
    }

    [Fact]
    public async Task Another_file_is_never_taken_for_the_first()
    {
        await using var test = await FilledAsync();
        await MoveAsync(test, "DW_C", "main");
        File.Copy(Path.Combine(test.Folder, "other.duckdb"), Path.Combine(test.Folder, "second.duckdb"));
        Configure(test, "{DW_C: {file: other.duckdb}}");
        await using var reading = await PipelineSession.OpenAsync(test.Warehouse, test.Pipeline, TestWarehouse.Token);
        Configure(test, "{DW_C: {file: second.duckdb}}");
        await using var other = await PipelineSession.OpenAsync(test.Warehouse, test.Pipeline, TestWarehouse.Token);
        Configure(test, "{DW_C: {file: other.duckdb}}");

        await test.MergeAsync(Options.LastDay);

        // Both sessions still need their files.
        Assert.Equal(2, (await test.RowsAsync("SELECT database_name FROM duckdb_databases() WHERE database_name LIKE 'FILE%'")).Count);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_none_stops_the_run()
    {
        await using var test = await FilledAsync();
        Configure(test, "{DW_B: {file: nowhere.duckdb}}");
        var missing = await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(Options.LastDay));
        test.Write("text.duckdb", new string('x', 5000));
        Configure(test, "{DW_B: {file: text.duckdb}}");
        var unreadable = await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(Options.LastDay));

        Assert.Equal(("SourceMissing", "DW_B"), (missing.ErrorId, missing.Target));
        Assert.Contains(Path.Combine(test.Folder, "nowhere.duckdb"), missing.Message, StringComparison.Ordinal);
        Assert.Contains("pipeline.yml", missing.Remedy, StringComparison.Ordinal);
        Assert.Equal(("SourceFileUnreadable", "DW_B"), (unreadable.ErrorId, unreadable.Target));
        Assert.Empty(await test.RowsAsync("SELECT * FROM LOYALTY.MASTER"));
        Assert.False(File.Exists(Path.Combine(test.Folder, "nowhere.duckdb")));
    }

    [Fact]
    public async Task A_table_that_is_missing_elsewhere_is_a_missing_source()
    {
        await using var test = await FilledAsync();
        Configure(test, "{DW_B: {schema: SUPPORT}}");

        await test.MergeAsync(Options.LastDay);

        Assert.Equal(
            SourceDefinitions.All.Count(source => source.Table.StartsWith("DW_B.", StringComparison.Ordinal)),
            test.Reporter.Warnings.Count(
                warning => warning.StartsWith("Source DW_B.", StringComparison.Ordinal)
                    && warning.Contains("does not exist", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(
        "ALTER TABLE DW_C.REGION_THRESHOLDS DROP COLUMN LOW_ENGAGEMENT_BELOW", "SourceColumnMissing",
        "DW_C.REGION_THRESHOLDS has no column LOW_ENGAGEMENT_BELOW")]
    [InlineData(
        "ALTER TABLE DW_A.ENGAGEMENT_SCORE ALTER SCORE TYPE DOUBLE", "SchemaConflict",
        "DW_A.ENGAGEMENT_SCORE has SCORE as DOUBLE, but the catalog says DECIMAL(5,2)")]
    [InlineData(
        "ALTER TABLE DW_A.USER_PROFILE ALTER USER_ID TYPE VARCHAR", "SchemaConflict",
        "DW_A.USER_PROFILE has USER_ID as VARCHAR, but the catalog says BIGINT")]
    [InlineData(
        "ALTER TABLE DW_A.USER_ACTIVITY ALTER ACTIVITY_AT TYPE TIMESTAMP WITH TIME ZONE", "SchemaConflict",
        "ACTIVITY_AT as TIMESTAMP WITH TIME ZONE")]
    public async Task A_source_of_another_shape_is_named(string change, string errorId, string reason)
    {
        await using var test = await FilledAsync();
        await test.ExecuteAsync(change);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(Options.LastDay));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP COLUMN LOW_ENGAGEMENT_BELOW", "SourceColumnMissing")]
    [InlineData("ALTER LOW_ENGAGEMENT_BELOW TYPE VARCHAR", "SchemaConflict")]
    public async Task One_in_a_file_is_named_by_the_catalog_and_its_file(string change, string errorId)
    {
        await using var test = await FilledAsync();
        await test.ExecuteAsync($"ALTER TABLE DW_C.REGION_THRESHOLDS {change}");
        await MoveAsync(test, "DW_C", "main");
        Configure(test, "{DW_C: {file: other.duckdb}}");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(Options.LastDay));
        var import = await Assert.ThrowsAsync<LoyaltyException>(
            () => test.ImportAsync(test.Write("REGION_METADATA.csv", "REGION_CODE,REGION_NAME,COUNTRY,REGION_CLASS\nEU,Europe,BE,Core\n")));

        Assert.Equal((errorId, "ConfigInvalid"), (error.ErrorId, import.ErrorId));
        Assert.Contains(
            $"DW_C.REGION_THRESHOLDS, kept at MAIN.REGION_THRESHOLDS in the file {Path.Combine(test.Folder, "other.duckdb")}, has",
            error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("FILE_", error.Message + import.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_in_a_file_whose_table_is_gone_is_named_with_the_file()
    {
        await using var test = await FilledAsync();
        await MoveAsync(test, "DW_C", "main");
        var file = Path.Combine(test.Folder, "other.duckdb");
        foreach (var statement in new[] { $"ATTACH '{file}' AS MOVED", "ALTER TABLE MOVED.main.REGION_METADATA RENAME TO KEPT",
            "CREATE VIEW MOVED.main.REGION_METADATA AS FROM MOVED.main.KEPT", "DROP TABLE MOVED.main.KEPT", "DETACH MOVED" })
            await test.ExecuteAsync(statement);
        Configure(test, "{DW_C: {file: other.duckdb}}");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(Options.LastDay));
        var results = await new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions(), test.Reporter, TestWarehouse.Token);

        Assert.Equal("SourceMissing", error.ErrorId);
        Assert.Contains(
            $"DW_C.REGION_METADATA, kept at MAIN.REGION_METADATA in the file {file}, cannot be read", error.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("SELECT", error.Message, StringComparison.Ordinal);
        // Each check that would read it says so; the others are made.
        var failed = results.Where(result => result.Status == CheckStatus.Error).ToList();
        Assert.Contains("DW_C.REGION_METADATA.present", failed.Select(result => result.CheckId));
        Assert.Contains("DW_C.REGION_METADATA.missing_columns", failed.Select(result => result.CheckId));
        Assert.Contains("DW_A.USER_PROFILE.REGION_CODE.references", failed.Select(result => result.CheckId));
        Assert.All(failed, result => Assert.Equal($"SourceMissing: {error.Message}", result.Message));
        Assert.Contains(results, result => result is { Table: "DW_C.REGION_THRESHOLDS", Status: CheckStatus.Passed });
    }

    [Fact]
    public async Task A_view_in_the_place_of_a_source_is_not_imported_into()
    {
        await using var test = await FilledAsync();
        await test.ExecuteAsync("ALTER TABLE DW_C.REGION_METADATA RENAME TO KEPT");
        await test.ExecuteAsync("CREATE VIEW DW_C.REGION_METADATA AS FROM DW_C.KEPT");
        foreach (var mode in Enum.GetValues<ImportMode>())
        {
            var error = await Assert.ThrowsAsync<LoyaltyException>(
                () => test.ImportAsync(
                    test.Write("REGION_METADATA.csv", "REGION_CODE,REGION_NAME,COUNTRY,REGION_CLASS\nEU,Europe,BE,Core\n"),
                    new ImportOptions(mode)));
            Assert.Equal(
                ("SchemaConflict", "DW_C.REGION_METADATA is a view, into which nothing is imported."), (error.ErrorId, error.Message));
        }
    }

    [Fact]
    public async Task A_view_in_the_warehouse_whose_file_is_gone_is_named()
    {
        await using var test = await FilledAsync();
        var file = Path.Combine(test.Folder, "regions.parquet");
        foreach (var statement in new[] { $"COPY DW_C.REGION_METADATA TO '{file}' (FORMAT parquet)", "DROP TABLE DW_C.REGION_METADATA",
            $"CREATE VIEW DW_C.REGION_METADATA AS FROM '{file}'" })
            await test.ExecuteAsync(statement);
        await test.MergeAsync(Options.LastDay);
        File.Delete(file);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(Options.LastDay));
        var results = await new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse, new IntegrityOptions(), test.Reporter, TestWarehouse.Token);

        Assert.Equal("SourceMissing", error.ErrorId);
        Assert.StartsWith("Source table DW_C.REGION_METADATA cannot be read: ", error.Message, StringComparison.Ordinal);
        var failed = results.Where(result => result.Status == CheckStatus.Error).ToList();
        Assert.Contains("DW_C.REGION_METADATA.present", failed.Select(result => result.CheckId));
        Assert.All(failed, result => Assert.Equal($"SourceMissing: {error.Message}", result.Message));
    }

    [Fact]
    public async Task Narrower_types_and_missing_nullable_columns_will_do()
    {
        await using var same = await FilledAsync(dirty: false);
        await same.ExecuteAsync("UPDATE DW_A.USER_PROFILE SET PHONE = NULL");
        await same.MergeAsync(Options.LastDay);
        await using var test = await FilledAsync(dirty: false);
        await test.ExecuteAsync("ALTER TABLE DW_A.REPEAT_ENGAGEMENTS ALTER USER_ID TYPE INTEGER");
        await test.ExecuteAsync("ALTER TABLE DW_B.SUPPORT_CHATS ALTER SATISFACTION TYPE TINYINT");
        await test.ExecuteAsync("ALTER TABLE DW_A.USER_PROFILE DROP COLUMN PHONE");

        await test.MergeAsync(Options.LastDay);

        Assert.Equal(
            await same.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY ALL"),
            await test.RowsAsync("SELECT * FROM LOYALTY.MASTER ORDER BY ALL"));
    }

    [Fact]
    public async Task What_is_kept_elsewhere_is_not_imported()
    {
        await using var test = await TestWarehouse.CreateAsync();
        Configure(test, "{DW_C: {schema: REGIONS}}");
        var file = test.Write("REGION_METADATA.csv", "REGION_CODE,REGION_NAME,COUNTRY,REGION_CLASS\nEU,Europe,BE,Core\n");

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(file));

        Assert.Equal("ConfigInvalid", error.ErrorId);
        Assert.Contains("DW_C is kept elsewhere, at REGIONS.REGION_METADATA", error.Message, StringComparison.Ordinal);
        Assert.Empty(await test.RowsAsync("SELECT * FROM DW_C.REGION_METADATA"));
    }

    private static async Task<TestWarehouse> FilledAsync(bool dirty = true)
    {
        var test = await TestWarehouse.CreateAsync();
        await new SyntheticDataWriter(test.Pipeline).WriteAsync(
            test.Warehouse, Options with { Dirty = dirty }, replace: false, wait: null, test.Reporter, TestWarehouse.Token);
        return test;
    }

    private static async Task MoveAsync(TestWarehouse test, string source, string schema)
    {
        await test.ExecuteAsync($"ATTACH '{Path.Combine(test.Folder, "other.duckdb")}' AS MOVED");
        await test.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS MOVED.{schema}");
        foreach (var table in test.Pipeline.Catalog.Sources.Where(table => table.Name.Schema == source))
            await test.ExecuteAsync($"CREATE TABLE MOVED.{schema}.{table.Name.Table} AS FROM {table.Name}");
        await test.ExecuteAsync($"DROP SCHEMA {source} CASCADE");
        await test.ExecuteAsync("DETACH MOVED");
    }

    private static void Configure(TestWarehouse test, string sources) =>
        test.Pipeline = PipelineLoader.Load(Repository.SqlFolder, test.Write("pipeline.yml", $"sources: {sources}"));
}
