using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Schema;

/// <summary>
/// A warehouse of the first form, with what the module of that time wrote: it is upgraded, keeps what it has, and goes on.
/// <c>first-schema.sql</c> was made by that module, and is not to be edited.
/// </summary>
public sealed class FirstSchemaTests
{
    private static readonly DateOnly Newest = new(2026, 6, 30);

    private static CancellationToken Token => TestWarehouse.Token;

    private static string Script => File.ReadAllText(
        Path.Combine(Repository.Root, "tests", "Core.Tests", "Schema", "first-schema.sql"));

    [Fact]
    public async Task It_gets_what_it_lacks_and_loses_nothing()
    {
        await using var old = await OldAsync();
        var before = await ContentAsync(old);

        var changes = await InstallAsync(old);

        Assert.Contains(changes, change => (change.Action, change.Name) == (SchemaAction.CreateTable, "LOYALTY.SCHEMA_VERSION"));
        Assert.Contains(changes, change => change.Action == SchemaAction.AddColumn);
        Assert.Empty(await InstallAsync(old));
        Assert.Equal(before, await ContentAsync(old));
        foreach (var day in new[] { Newest.AddDays(-2), Newest.AddDays(-1), Newest })
            Assert.Equal(4, await CountOnAsync(old, day));
    }

    [Fact]
    public async Task It_goes_on_as_one_that_was_made_today()
    {
        await using var old = await OldAsync();
        await using var anew = await OldAsync(sourcesAlone: true);
        await InstallAsync(old);
        await InstallAsync(anew);

        foreach (var warehouse in new[] { old, anew })
        {
            foreach (var day in new[] { Newest.AddDays(-2), Newest.AddDays(-1), Newest, Newest.AddDays(1) })
                await warehouse.MergeAsync(day, force: true);
        }

        foreach (var table in new[] { "MASTER", "HISTORY" })
        {
            var columns = string.Join(", ", old.Pipeline.Catalog.Table($"LOYALTY.{table}").Columns.Select(column => column.Name));
            var query = $"SELECT {columns} FROM LOYALTY.{table} ORDER BY ALL";
            Assert.Equal(await anew.RowsAsync(query), await old.RowsAsync(query));
        }

        var checks = await new IntegrityRunner(old.Pipeline).RunAsync(old.Warehouse, new IntegrityOptions(), old.Reporter, Token);
        Assert.Equal([], checks.Where(check => check.Status is CheckStatus.Failed or CheckStatus.Error)
            .Select(check => $"{check.CheckId}: {check.Message}"));
    }

    [Fact]
    public async Task Its_log_can_be_read()
    {
        await using var old = await OldAsync();
        await InstallAsync(old);

        var runs = await RunReader.ReadAsync(old.Warehouse, new RunQuery(), old.Reporter, Token);

        Assert.Empty(old.Reporter.Missing);
        Assert.Empty(old.Reporter.Warnings);
        Assert.Equal(await old.RowsAsync("SELECT CAST(COUNT(*) AS VARCHAR) FROM LOYALTY.RUN"), [$"{runs.Count}"]);
        Assert.All(runs, run => Assert.Null(run.WaitedSeconds));
    }

    // Rows that were there before a column have no value of it, and no upgrade invents one.
    [Fact]
    public async Task Columns_that_came_later_may_be_empty()
    {
        await using var old = await OldAsync();
        var changes = await InstallAsync(old);

        var added = changes.Where(change => change.Action == SchemaAction.AddColumn).Select(change => change.Name).ToList();

        Assert.NotEmpty(added);
        Assert.Equal(
            [],
            from table in old.Pipeline.Catalog.Tables
            from column in table.Columns
            where !column.Nullable && added.Contains($"{table}.{column.Name}")
            select $"{table}.{column.Name}");
    }

    [Fact]
    public async Task A_merge_asks_for_the_upgrade_and_changes_nothing()
    {
        await using var old = await OldAsync();
        var before = await ContentAsync(old);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => old.MergeAsync(Newest.AddDays(1), force: true));

        Assert.Equal(LoyaltyErrors.WarehouseNotInitialized, error.Definition);
        Assert.Equal(before, await ContentAsync(old));
    }

    private static async Task<TestWarehouse> OldAsync(bool sourcesAlone = false)
    {
        var test = await TestWarehouse.CreateBareAsync();
        await test.ExecuteAsync(Script);
        if (sourcesAlone)
            await test.ExecuteAsync("DROP SCHEMA LOYALTY CASCADE");
        return test;
    }

    private static Task<IReadOnlyList<SchemaChange>> InstallAsync(TestWarehouse test) =>
        new SchemaInstaller(test.Pipeline.Catalog).InitializeAsync(
            test.Warehouse, includeSources: true, planOnly: false, test.Reporter, Token);

    private static async Task<int> CountOnAsync(TestWarehouse test, DateOnly day) =>
        await new HistoryReader(test.Pipeline.Catalog).ReadVersionsAsync(test.Warehouse, new VersionQuery([], day, First: null), Token)
            .CountAsync(Token);

    // The tables and columns that were there from the first.
    private static async Task<IReadOnlyList<string>> ContentAsync(TestWarehouse test)
    {
        var content = new List<string>();
        foreach (var line in Script.Split('\n').Where(line => line.StartsWith("CREATE TABLE ", StringComparison.Ordinal)))
        {
            var (name, columns) = (line["CREATE TABLE ".Length..line.IndexOf('(', StringComparison.Ordinal)], line.Split('(', 2)[1]);
            var names = string.Join(", ", columns.Split(", ").Select(column => column.Split(' ')[0]));
            var rows = await test.RowsAsync($"SELECT {names} FROM {name} ORDER BY ALL");
            content.AddRange(rows.Select(row => $"{name} {row}"));
        }

        return content;
    }
}
