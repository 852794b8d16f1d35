using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Schema;

/// <summary>Reads what tables and columns a warehouse has.</summary>
public static class SchemaReader
{
    /// <summary>Reads the tables of the session's own database.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The shape of each table by <c>SCHEMA.TABLE</c>, in upper case.</returns>
    public static Task<IReadOnlyDictionary<string, TableShape>> ReadAsync(IWarehouseSession session, CancellationToken cancellationToken) =>
        ReadAsync(session, "information_schema.columns", "table_catalog = CURRENT_DATABASE()", cancellationToken);

    private static async Task<IReadOnlyDictionary<string, TableShape>> ReadAsync(
        IWarehouseSession session, string columnsView, string filter, CancellationToken cancellationToken)
    {
        var rows = await session.ListAsync(
            $"SELECT UPPER(table_schema), UPPER(table_name), UPPER(column_name), data_type FROM {columnsView} WHERE {filter} ORDER BY ordinal_position",
            [],
            reader => (Table: $"{reader.GetString(0)}.{reader.GetString(1)}", Column: reader.GetString(2), Type: reader.GetString(3)),
            cancellationToken);
        return rows.GroupBy(row => row.Table, StringComparer.Ordinal).ToDictionary(
            table => table.Key,
            table => new TableShape(table.ToDictionary(row => row.Column, row => row.Type, StringComparer.Ordinal)),
            StringComparer.Ordinal);
    }
}
