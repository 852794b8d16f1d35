using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Catalog.Lineage;

/// <summary>A warehouse in which everything has happened once, and a copy of all its tables without constraints, to be changed at will.</summary>
public sealed class LineageScene : IAsyncLifetime
{
    public static readonly DateOnly Day = new(2026, 6, 30);

    private const string Copies = "EXPERIMENT";

    private readonly TemporaryFolder _folder = new();

    internal TestWarehouse Test { get; private set; } = null!;

    internal IWarehouseSession Session { get; private set; } = null!;

    internal LoyaltyCatalog Catalog => Test.Pipeline.Catalog;

    internal static string Copy(TableName name) => $"{Copies}.{name.Table}";

    public async ValueTask InitializeAsync()
    {
        Test = await TestWarehouse.CreateAsync();
        var options = new SyntheticDataOptions { Users = 120, Days = 90, LastDay = Day };
        await new SyntheticDataWriter(Test.Pipeline).WriteFilesAsync(
            _folder.Path, options, compress: false, replace: false, Test.Reporter, TestWarehouse.Token);
        await Test.ImportFolderAsync(_folder.Path);
        foreach (var back in new[] { 40, 1, 0 })
            await Test.MergeAsync(Day.AddDays(-back), force: true);
        await new IntegrityRunner(Test.Pipeline).RunAsync(Test.Warehouse, new IntegrityOptions(), Test.Reporter, TestWarehouse.Token);
        Session = await Test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        await ExecuteAsync($"CREATE SCHEMA {Copies}");
        foreach (var table in Catalog.Tables)
            await ExecuteAsync(CopyOf(table));
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Test.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Makes the copy of a view one of its rows, which can be changed.</summary>
    internal async Task FreezeAsync(CatalogTable view)
    {
        await ExecuteAsync($"DROP VIEW {Copy(view.Name)}");
        await ExecuteAsync($"CREATE TABLE {Copy(view.Name)} AS SELECT * FROM {view.Name}");
    }

    /// <summary>Makes it a view again.</summary>
    internal async Task ThawAsync(CatalogTable view)
    {
        await ExecuteAsync($"DROP TABLE {Copy(view.Name)}");
        await ExecuteAsync(CopyOf(view));
    }

    private static string CopyOf(CatalogTable table) => table.Query is { } query
        ? $"CREATE VIEW {Copy(table.Name)} AS {query.Replace("LOYALTY.", $"{Copies}.", StringComparison.Ordinal)}"
        : $"CREATE TABLE {Copy(table.Name)} AS SELECT * FROM {table.Name}";

    private async Task ExecuteAsync(string sql) => await Session.ExecuteAsync(sql, [], TestWarehouse.Token);
}
