using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Schema;

/// <summary>Reads what tables and columns a warehouse has.</summary>
public static class SchemaReader
{
    // The first and the last that Initialize creates.
    private static readonly string[] InitializedBy = ["LOYALTY.MASTER", "LOYALTY.RUN_LOCK"];

    private const string Columns = "SELECT NULLIF(UPPER(table_catalog), UPPER(CURRENT_DATABASE())), UPPER(table_schema), UPPER(table_name), UPPER(column_name), data_type FROM information_schema.columns";

    /// <summary>Reads the tables of the session's own database and of those attached to it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The shape of each table by <c>SCHEMA.TABLE</c>, or <c>DATABASE.SCHEMA.TABLE</c> for other databases, in upper case.</returns>
    public static async Task<IReadOnlyDictionary<string, TableShape>> ReadAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var rows = await session.ListAsync(
            $"{Columns} ORDER BY ordinal_position",
            [],
            reader => (
                Table: $"{(reader.TextAt(0) is { } other ? $"{other}." : string.Empty)}{reader.GetString(1)}.{reader.GetString(2)}", Column: reader.GetString(3), Type: reader.GetString(4)),
            cancellationToken);
        return rows.GroupBy(row => row.Table, StringComparer.Ordinal).ToDictionary(
            table => table.Key,
            table => new TableShape(table.ToDictionary(row => row.Column, row => row.Type, StringComparer.Ordinal)),
            StringComparer.Ordinal);
    }

    /// <summary>Makes sure that the tables of the pipeline exist.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <param name="needed">Tables that a warehouse of an earlier version may lack.</param>
    /// <returns>The shape of each table, as <see cref="ReadAsync"/> gives it.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyDictionary<string, TableShape>> RequireInitializedAsync(IWarehouseSession session, CancellationToken cancellationToken, params IEnumerable<string> needed)
    {
        var tables = await ReadAsync(session, cancellationToken);
        return InitializedBy.Concat(needed).FirstOrDefault(table => !tables.ContainsKey(table)) is { } missing
            ? throw LoyaltyErrors.WarehouseNotInitialized.Because($"The warehouse has no table {missing}.", missing)
            : tables;
    }

    /// <summary>Reads the shape of a temporary table.</summary>
    /// <param name="session">The session that has it.</param>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The shape.</returns>
    public static async Task<TableShape> ReadTemporaryAsync(IWarehouseSession session, string table, CancellationToken cancellationToken)
    {
        var rows = await session.ListAsync(
            $"{Columns} WHERE UPPER(table_name) = {SqlText.Quote(table)} ORDER BY ordinal_position", [], reader => (Name: reader.GetString(3), Type: reader.GetString(4)), cancellationToken);
        return new TableShape(rows.ToDictionary(row => row.Name, row => row.Type, StringComparer.Ordinal));
    }
}
