using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>A table without which a check cannot be made.</summary>
/// <param name="Columns">The columns it must have.</param>
internal sealed record TableNeed(TableName Table, IReadOnlyList<string> Columns)
{
    /// <summary>A table whose rows are judged as a merge judges them: of the columns it may lack those that may be empty.</summary>
    public static TableNeed Judged(CatalogTable table) =>
        new(table.Name, [.. table.Columns.Where(column => !column.Nullable).Select(column => column.Name)]);
}
