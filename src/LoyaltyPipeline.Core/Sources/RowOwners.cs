using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// The users that rows of a source can belong to. A merge uses none that belongs to nobody; such a row must not take the place of one that
/// it would use.
/// </summary>
/// <param name="warehouse">The session that knows the users.</param>
/// <param name="users">Their table, as SQL names it.</param>
/// <param name="column">The column of a row that says whose it is.</param>
internal sealed class RowOwners(IWarehouseSession warehouse, string users, CatalogColumn column)
{
    /// <summary>Finds them.</summary>
    /// <param name="tables">The tables of the warehouse.</param>
    /// <returns>The users; null where rows of the source belong to none, or the users are kept elsewhere or not yet at all.</returns>
    public static async Task<RowOwners?> FindAsync(
        IWarehouseSession session, PipelineDefinition pipeline, CatalogTable table, IReadOnlyDictionary<string, TableShape> tables,
        CancellationToken cancellationToken)
    {
        var users = pipeline.Catalog.Users;
        return table.OrphanColumn is { } column && !pipeline.Config.Sources.ContainsKey(users.Name.Schema)
            && (await SchemaInstaller.PlanAsync(session, [users], tables, cancellationToken)).Count == 0
            ? new RowOwners(session, users.Name.ToString(), column)
            : null;
    }

    /// <summary>SQL that is true in the warehouse where a row belongs to somebody.</summary>
    public string Owns(string row) => Owns(users, row);

    /// <summary>
    /// SQL that is true where a row belongs to somebody, for the engine that reads the files. One that is not the warehouse's is told which
    /// of the rows' users there are.
    /// </summary>
    /// <param name="reading">The session that reads the files.</param>
    /// <param name="rows">A relation there, of all rows that are asked about.</param>
    public async Task<string> OwnsAsync(IWarehouseSession reading, string rows, string row, CancellationToken cancellationToken)
    {
        if (reading == warehouse)
            return Owns(row);
        foreach (var (session, table) in new[] { (warehouse, ImportTables.NamedUsers), (reading, ImportTables.KnownUsers) })
            await session.ExecuteAsync(
                $"CREATE OR REPLACE TEMPORARY TABLE {table} ({Ddl.ColumnList(session.Dialect, [column])})", cancellationToken);
        await RowTransfer.RunAsync(
            reading, $"(SELECT DISTINCT {column.Name} FROM {rows} AS a WHERE {column.Name} IS NOT NULL)", warehouse,
            ImportTables.NamedUsers, [column.Name], cancellationToken);
        await RowTransfer.RunAsync(
            warehouse, $"(SELECT {column.Name} FROM {ImportTables.NamedUsers} AS n WHERE {Owns("n")})", reading, ImportTables.KnownUsers,
            [column.Name], cancellationToken);
        return $"EXISTS (SELECT 1 FROM {ImportTables.KnownUsers} AS u WHERE u.{column.Name} = {row}.{column.Name})";
    }

    private string Owns(string known, string row) =>
        $"EXISTS (SELECT 1 FROM {known} AS u WHERE u.{LoyaltyCatalog.User.Column} = {row}.{column.Name})";
}
