using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Takes rows of erased users out of what an import has read, before anything of them is stored, quarantined or said.
/// </summary>
/// <param name="warehouse">The session that knows who was erased.</param>
internal sealed class ErasedRows(IWarehouseSession warehouse, CatalogTable table)
{
    /// <summary>Rows that were taken out of what was read last.</summary>
    public long Removed { get; private set; }

    /// <summary>Finds out whether there is anything to take out.</summary>
    /// <param name="tables">The tables of the warehouse.</param>
    /// <returns>Null where nobody was erased, or rows of the table are of no user.</returns>
    public static async Task<ErasedRows?> FindAsync(
        IWarehouseSession session, CatalogTable table, IReadOnlyDictionary<string, TableShape> tables,
        CancellationToken cancellationToken) =>
        table.UserColumns.Count > 0 && await ErasedUsers.AnyAsync(session, tables, cancellationToken)
            ? new ErasedRows(session, table)
            : null;

    /// <summary>Takes them out.</summary>
    /// <param name="reading">The session that has read the files.</param>
    /// <param name="loaded">The table there that they were read into.</param>
    public async Task RemoveAsync(IWarehouseSession reading, string loaded, CancellationToken cancellationToken)
    {
        Removed = 0;
        foreach (var column in table.UserColumns)
        {
            var named = $"SELECT DISTINCT {column.Name} AS USER_ID FROM {loaded} WHERE {column.Name} IS NOT NULL";
            if (reading == warehouse)
                await CreateAsync(
                    warehouse, ImportTables.ErasedUsers, $"AS {ErasedUsers.Among(warehouse.Dialect, named)}", cancellationToken);
            else
                await AskWarehouseAsync(reading, named, column, cancellationToken);
            Removed += await reading.ExecuteAsync(
                $"DELETE FROM {loaded} WHERE {column.Name} IN (SELECT USER_ID FROM {ImportTables.ErasedUsers})", cancellationToken);
        }
    }

    // An engine that only reads files is told which of the users that they name were erased.
    private async Task AskWarehouseAsync(
        IWarehouseSession reading, string named, CatalogColumn column, CancellationToken cancellationToken)
    {
        CatalogColumn[] columns = [column with { Name = LoyaltyCatalog.User.Column }];
        string[] names = [LoyaltyCatalog.User.Column];
        await CreateAsync(
            warehouse, ImportTables.NamedUsers, $"({Ddl.ColumnList(warehouse.Dialect, columns)})", cancellationToken);
        await CreateAsync(reading, ImportTables.ErasedUsers, $"({Ddl.ColumnList(reading.Dialect, columns)})", cancellationToken);
        await RowTransfer.RunAsync(reading, $"({named})", warehouse, ImportTables.NamedUsers, names, cancellationToken);
        var among = ErasedUsers.Among(warehouse.Dialect, $"SELECT USER_ID FROM {ImportTables.NamedUsers}");
        await RowTransfer.RunAsync(warehouse, $"({among})", reading, ImportTables.ErasedUsers, names, cancellationToken);
    }

    private static Task<long> CreateAsync(IWarehouseSession session, string name, string definition, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"CREATE OR REPLACE TEMPORARY TABLE {name} {definition}", cancellationToken);
}
