using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>Finds out whether a key occurs twice, and how often.</summary>
public static class KeyUniqueness
{
    private const int FirstRows = 1000;

    /// <summary>Whether some key occurs more than once.</summary>
    /// <param name="relation">A table or subquery whose keys are not NULL.</param>
    /// <param name="key">The columns of the key.</param>
    /// <returns>True where there are duplicates.</returns>
    public static async Task<bool> HasDuplicatesAsync(
        IWarehouseSession session, string relation, IReadOnlyList<CatalogColumn> key, CancellationToken cancellationToken)
    {
        if (await IsStoredInOrderAsync(session, relation, key, cancellationToken))
            return false;
        var columns = SqlText.List(key.Select(column => column.Name));
        return await session.CountAsync(
            $"SELECT COUNT(*) FROM (SELECT 1 FROM {relation} AS r GROUP BY {columns} HAVING COUNT(*) > 1 LIMIT 1) AS d",
            cancellationToken) > 0;
    }

    /// <summary>How many rows there are beyond the first of each key.</summary>
    /// <param name="relation">A table or subquery whose keys are not NULL.</param>
    /// <param name="key">The columns of the key.</param>
    /// <returns>0 where each key occurs once.</returns>
    public static async Task<long> CountDuplicatesAsync(
        IWarehouseSession session, string relation, IReadOnlyList<CatalogColumn> key, CancellationToken cancellationToken)
    {
        if (await IsStoredInOrderAsync(session, relation, key, cancellationToken))
            return 0;
        var columns = SqlText.List(key.Select(column => column.Name));
        return await session.CountAsync(
            $"SELECT COALESCE(SUM(N - 1), 0) FROM (SELECT COUNT(*) AS N FROM {relation} AS r GROUP BY {columns}) AS d",
            cancellationToken);
    }

    // Most exports are in the order of their key. Rows that are stored in strictly increasing order, whatever order that is, hold no key
    // twice; seeing that takes one pass without a hash table. Where it is otherwise, the first rows mostly show it.
    private static async Task<bool> IsStoredInOrderAsync(
        IWarehouseSession session, string relation, IReadOnlyList<CatalogColumn> key, CancellationToken cancellationToken) =>
        session.Dialect.HasStoredOrder
        && await IsIncreasingAsync(session, $"(SELECT * FROM {relation} AS f LIMIT {FirstRows})", key, cancellationToken)
        && await IsIncreasingAsync(session, relation, key, cancellationToken);

    private static async Task<bool> IsIncreasingAsync(
        IWarehouseSession session, string relation, IReadOnlyList<CatalogColumn> key, CancellationToken cancellationToken)
    {
        var increasing = string.Join(" OR ", key.Select((column, index) => $"({string.Join(" AND ",
            [.. key.Take(index).Select(earlier => $"{earlier.Name} = LAG({earlier.Name}) OVER ()"), $"{column.Name} > LAG({column.Name}) OVER ()"])})"));
        return await session.CountAsync(
            $"SELECT COUNT_IF(NOT increasing) FROM (SELECT {increasing} AS increasing FROM {relation} AS r) AS o", cancellationToken) == 0;
    }
}
