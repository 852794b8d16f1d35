using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Schema;

/// <summary>Reads what tables and columns a warehouse has.</summary>
public static class SchemaReader
{
    // The first and the last that Initialize creates, and what a warehouse of before forms were noted lacks: it lacks columns too.
    private static readonly string[] InitializedBy = ["LOYALTY.MASTER", "LOYALTY.RUN_LOCK", SchemaVersion.Table.ToString()];

    // Where numbers of all sizes have one name, precision and scale tell them apart.
    private const string Columns = """
        SELECT NULLIF(UPPER(table_catalog), UPPER(CURRENT_DATABASE())) AS DATABASE_NAME,
            UPPER(table_schema) AS SCHEMA_NAME, UPPER(table_name) AS NAME, UPPER(column_name) AS COLUMN_NAME,
            CASE
                WHEN data_type = 'NUMBER'
                    THEN 'NUMBER(' || CAST(numeric_precision AS VARCHAR) || ',' || CAST(numeric_scale AS VARCHAR) || ')'
                ELSE data_type
            END AS TYPE_NAME,
            ordinal_position AS POSITION
        FROM
        """;

    /// <summary>Reads the tables of the session's own database and of those within its reach.</summary>
    /// <param name="otherDatabases">Databases that sources are in, besides the session's own; only those that the engine does not list by
    /// itself are asked for their tables.</param>
    /// <returns>The shape of each table by <c>SCHEMA.TABLE</c>, or <c>DATABASE.SCHEMA.TABLE</c> for other databases, in upper
    /// case.</returns>
    public static async Task<IReadOnlyDictionary<string, TableShape>> ReadAsync(
        IWarehouseSession session, CancellationToken cancellationToken, params IEnumerable<string> otherDatabases)
    {
        var schemas = session.Dialect.ListsAllDatabases ? [] : otherDatabases.Select(database => $"{database}.");
        var columns = schemas.Prepend(string.Empty).Select(prefix => $"{Columns} {prefix}information_schema.columns");
        var rows = await session.ListAsync(
            $"""
            SELECT DATABASE_NAME, SCHEMA_NAME, NAME, COLUMN_NAME, TYPE_NAME
            FROM ({string.Join(" UNION ALL ", columns)}) AS c
            ORDER BY POSITION
            """,
            [],
            reader => (
                Table: $"{(reader.TextAt(0) is { } other ? $"{other}." : string.Empty)}{reader.GetString(1)}.{reader.GetString(2)}",
                Column: reader.GetString(3), Type: reader.GetString(4)),
            cancellationToken);
        return rows.GroupBy(row => row.Table, StringComparer.Ordinal).ToDictionary(
            table => table.Key,
            table => new TableShape(table.ToDictionary(row => row.Column, row => row.Type, StringComparer.Ordinal)),
            StringComparer.Ordinal);
    }

    /// <summary>Reads the definitions of the views of the session's own database.</summary>
    /// <returns>The definition of each view by <c>SCHEMA.VIEW</c> in upper case, in the form that the engine keeps it in; null where this
    /// role may not see it.</returns>
    public static async Task<IReadOnlyDictionary<string, string?>> ReadViewsAsync(
        IWarehouseSession session, CancellationToken cancellationToken)
    {
        var views = await session.ListAsync(
            """
            SELECT UPPER(table_schema), UPPER(table_name), view_definition
            FROM information_schema.views
            WHERE UPPER(table_catalog) = UPPER(CURRENT_DATABASE())
            """,
            [],
            reader => (Name: $"{reader.GetString(0)}.{reader.GetString(1)}", Definition: reader.TextAt(2)),
            cancellationToken);
        return views.ToDictionary(view => view.Name, view => view.Definition, StringComparer.Ordinal);
    }

    /// <summary>Makes sure that the tables of the pipeline exist.</summary>
    /// <param name="needed">Tables that a warehouse of an earlier version may lack.</param>
    /// <returns>The shape of each table, as <see cref="ReadAsync"/> gives it.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>WarehouseTooNew</c>.</exception>
    public static async Task<IReadOnlyDictionary<string, TableShape>> RequireInitializedAsync(
        IWarehouseSession session, CancellationToken cancellationToken, params IEnumerable<string> needed) =>
        await RequireAsync(session, await ReadAsync(session, cancellationToken), needed, cancellationToken);

    /// <summary>Makes sure that the tables of the pipeline exist.</summary>
    /// <param name="otherDatabases">Databases that sources are in, besides the session's own.</param>
    /// <returns>The shape of each table, those of sources in other databases too.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>WarehouseTooNew</c>.</exception>
    public static async Task<IReadOnlyDictionary<string, TableShape>> RequireInitializedAsync(
        IWarehouseSession session, IEnumerable<string> otherDatabases, CancellationToken cancellationToken) =>
        await RequireAsync(session, await ReadAsync(session, cancellationToken, otherDatabases), [], cancellationToken);

    private static async Task<IReadOnlyDictionary<string, TableShape>> RequireAsync(
        IWarehouseSession session, IReadOnlyDictionary<string, TableShape> tables, IEnumerable<string> needed,
        CancellationToken cancellationToken)
    {
        await SchemaVersion.DemandKnownAsync(session, tables, cancellationToken);
        Demand(InitializedBy.Concat(needed), tables);
        return tables;
    }

    /// <summary>Makes sure that tables are among those that there are.</summary>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    internal static void Demand(IEnumerable<string> needed, IReadOnlyDictionary<string, TableShape> tables)
    {
        if (needed.FirstOrDefault(table => !tables.ContainsKey(table)) is { } missing)
            throw LoyaltyErrors.WarehouseNotInitialized.Because($"The warehouse has no table {missing}.", missing);
    }

    /// <summary>Reads the shape of a temporary table.</summary>
    /// <param name="session">The session that has it.</param>
    public static async Task<TableShape> ReadTemporaryAsync(IWarehouseSession session, string table, CancellationToken cancellationToken)
    {
        var rows = await session.ListAsync(
            $"{Columns} information_schema.columns WHERE UPPER(table_name) = {SqlText.Quote(table)} ORDER BY ordinal_position",
            [],
            reader => (Name: reader.GetString(3), Type: reader.GetString(4)),
            cancellationToken);
        return new TableShape(rows.ToDictionary(row => row.Name, row => row.Type, StringComparer.Ordinal));
    }
}
