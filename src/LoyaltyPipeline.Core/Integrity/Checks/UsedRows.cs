using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Erasure;
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
        var location = context.Locate(table.Name);
        // In full, so that whoever copies the query of a check can run it.
        var ofErased = context.Erased is null
            ? string.Empty
            : string.Concat(table.UserColumns.Select(column => $" AND {column.Name} NOT IN ({Erased(column.Name)})"));
        var key = SqlText.List(table.Key.Select(column => column.Name));
        return $"""
            (SELECT * FROM {location} WHERE NOT ({RowRules.Of(table).AnyBroken}){ofErased}
            QUALIFY ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {SqlText.List(deciding)}) = 1)
            """;

        string Erased(string column) => ErasedUsers.Among(
            context.Session.Dialect, $"SELECT {column} AS USER_ID FROM {location} WHERE {column} IS NOT NULL");
    }
}
