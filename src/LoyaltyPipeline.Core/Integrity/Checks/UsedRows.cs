using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>The rows of a source that a merge uses.</summary>
internal static class UsedRows
{
    /// <summary>A subquery that yields them: of the rows that break no rule the winner of each key.</summary>
    /// <param name="context">The warehouse as it is found.</param>
    public static string Of(CatalogTable table, CheckContext context)
    {
        var deciding = table.DecidingOrder(isThere: column => context.Has(table.Name, column.Name));
        var key = SqlText.List(table.Key.Select(column => column.Name));
        return $"""
            (SELECT * FROM {context.Locate(table.Name)} WHERE NOT ({RowRules.Of(table).AnyBroken})
            QUALIFY ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {SqlText.List(deciding)}) = 1)
            """;
    }
}
