using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Schema;

/// <summary>The columns a table has in the warehouse, with the engine's name for each type.</summary>
/// <param name="Columns">Type by upper-case column name.</param>
public sealed record TableShape(IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>SQL that reads a column of the catalog, which the table may lack yet.</summary>
    /// <param name="alias">How the statement calls the table.</param>
    /// <returns>The column, or NULL.</returns>
    public string Select(string alias, CatalogColumn column) => Columns.ContainsKey(column.Name) ? $"{alias}.{column.Name}" : "NULL";
}
