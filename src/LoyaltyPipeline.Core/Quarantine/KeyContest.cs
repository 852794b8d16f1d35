using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>
/// Picks the winner among rows of one key: the latest event time, then the remaining columns in the order and direction of the catalog,
/// NULL last, so that the choice never depends on the order of rows. Only rows of keys that occur twice are looked at.
/// </summary>
/// <param name="Winners">A subquery that yields one row a key, with the columns of the catalog.</param>
/// <param name="Contest">The temporary table of the rows that had rivals; PLACE 1 is the winner.</param>
internal sealed record KeyContest(string Winners, string Contest)
{
    /// <summary>Holds the contest.</summary>
    /// <param name="relation">Its rows; further columns are kept in the contest.</param>
    /// <param name="prefix">Begins the names of the temporary tables.</param>
    /// <param name="first">Terms of ORDER BY over a row <c>a</c> that decide before the catalog's do; none where nothing does.</param>
    public static async Task<KeyContest> HoldAsync(
        IWarehouseSession session, CatalogTable table, string relation, string prefix, IReadOnlyList<string> first,
        CancellationToken cancellationToken)
    {
        var keys = $"{prefix}_TWICE_{table.Name.Table}";
        var contest = $"{prefix}_CONTEST_{table.Name.Table}";
        var keyColumns = SqlText.List(table.Key.Select(column => column.Name));
        var sameKey = string.Join(" AND ", table.Key.Select(column => $"k.{column.Name} = a.{column.Name}"));
        await session.ExecuteAsync(
            $"""
            CREATE OR REPLACE TEMPORARY TABLE {keys} AS
            SELECT {keyColumns} FROM {relation} AS a GROUP BY {keyColumns} HAVING COUNT(*) > 1
            """,
            cancellationToken);
        var isTwice = $"EXISTS (SELECT 1 FROM {keys} AS k WHERE {sameKey})";
        await session.ExecuteAsync(
            $"""
            CREATE OR REPLACE TEMPORARY TABLE {contest} AS
            SELECT a.*, {Place(table, first)} AS PLACE FROM {relation} AS a WHERE {isTwice}
            """,
            cancellationToken);
        var columns = SqlText.List(table.Columns.Select(column => column.Name));
        return new KeyContest(
            $"""
            (SELECT {columns} FROM {relation} AS a WHERE NOT {isTwice}
            UNION ALL SELECT {columns} FROM {contest} WHERE PLACE = 1)
            """,
            contest);
    }

    private static string Place(CatalogTable table, IReadOnlyList<string> first)
    {
        IReadOnlyList<string> deciding = [.. first, .. table.DecidingOrder("a.")];
        var order = deciding.Count > 0 ? SqlText.List(deciding) : table.Key[0].Name;
        return $"ROW_NUMBER() OVER (PARTITION BY {SqlText.List(table.Key.Select(column => $"a.{column.Name}"))} ORDER BY {order})";
    }
}
