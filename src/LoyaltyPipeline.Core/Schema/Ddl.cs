using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Hashing;

namespace LoyaltyPipeline.Core.Schema;

/// <summary>
/// Writes DDL from the catalog. Tables carry no constraints: Snowflake does not enforce them, DuckDB pays dearly for keys at scale,
/// and a source must be able to hold the bad rows that the merge then quarantines.
/// </summary>
public static class Ddl
{
    /// <summary>The statement that creates a schema.</summary>
    public static string CreateSchema(string schema) => $"CREATE SCHEMA IF NOT EXISTS {schema}";

    /// <summary>The statement that creates a table.</summary>
    public static string CreateTable(SqlDialect dialect, CatalogTable table) =>
        $"CREATE TABLE IF NOT EXISTS {table.Name} ({ColumnList(dialect, table.Columns)})";

    /// <summary>The statement that adds a column. It is masked from the first on, where the engine masks columns.</summary>
    public static string AddColumn(SqlDialect dialect, CatalogTable table, CatalogColumn column) =>
        $"ALTER TABLE {table.Name} ADD COLUMN {column.Name} {dialect.TypeName(column.Type)}"
            + (MaskingPolicy(dialect, table, column) is { } policy ? $" WITH MASKING POLICY {policy}" : string.Empty);

    /// <summary>The policy that masks a column; null where the engine masks none, or this one need not be.</summary>
    public static string? MaskingPolicy(SqlDialect dialect, CatalogTable table, CatalogColumn column) =>
        table.Kind == TableKind.Warehouse && column.PersonalData != PersonalData.None ? dialect.MaskingPolicy(column.PersonalData) : null;

    /// <summary>Whether an engine has a table or view of the catalog: one that masks columns needs no view that does.</summary>
    public static bool IsMade(SqlDialect dialect, CatalogTable table) => table.Masks is null || !dialect.MasksColumns;

    /// <summary>
    /// The statement that creates a view or replaces it. The view names its columns: one that a table gains later is not in it.
    /// </summary>
    public static string CreateView(SqlDialect dialect, CatalogTable view) =>
        dialect.CreateView(
            view.Name,
            $"{ViewHead(view)}{view.Query ?? throw new InvalidOperationException($"{view} has no query yet.")}\n) AS {ViewMark(view)}");

    /// <summary>
    /// A name that stands in the definition of a view and changes with its text. Engines keep a definition each in a form of its own, so
    /// that texts cannot be compared.
    /// </summary>
    public static string ViewMark(CatalogTable view) =>
        $"text_{TextHash.Sha256((ViewHead(view) + view.Query).ReplaceLineEndings("\n"))[..16]}";

    private static string ViewHead(CatalogTable view) => $"SELECT {SqlText.List(view.Columns.Select(column => column.Name))} FROM (\n";

    /// <summary>Names and types of columns.</summary>
    /// <returns>The list, for use in DDL.</returns>
    public static string ColumnList(SqlDialect dialect, IEnumerable<CatalogColumn> columns) =>
        SqlText.List(columns.Select(column => $"{column.Name} {dialect.TypeName(column.Type)}"));
}
