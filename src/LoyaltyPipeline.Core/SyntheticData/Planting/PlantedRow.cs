using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.SyntheticData.Cells;
using LoyaltyPipeline.Core.SyntheticData.Declared;

namespace LoyaltyPipeline.Core.SyntheticData.Planting;

/// <summary>A copy of a good row, about to be spoiled.</summary>
/// <param name="Table">The table of the row.</param>
/// <param name="Cells">Its values.</param>
/// <param name="Serial">Counts the planted rows of the table.</param>
/// <param name="LastDay">The last day of the sample.</param>
internal sealed record PlantedRow(CatalogTable Table, Cell[] Cells, int Serial, DateOnly LastDay)
{
    private const long FirstFreeId = 8_000_000_000;

    // So long before the last day that no sample has good rows there.
    private const int FreeDaysBefore = SyntheticDataOptions.LongestPeriodInDays + 1000;

    private DateOnly FreeDay => LastDay.AddDays(-FreeDaysBefore - Serial);

    private decimal FreeNumber(NumberRange range) => range.Highest - (Serial * range.Step);

    /// <summary>The last column of a key that can hold what no good row has there; null where there is none.</summary>
    public static CatalogColumn? FreshColumn(CatalogTable table) => table.Key.LastOrDefault(
        column => column is { Accepted: [], Maximum: null, RejectOrphans: false } && column.Type.DataType != DataType.Boolean);

    /// <summary>Gives the row a key of its own, so that the rule it is to break stays the only one.</summary>
    public void TakeFreshKey()
    {
        if (FreshColumn(Table) is not { } column)
            return;
        Cells[Table.Columns.Index().First(entry => entry.Item == column).Index] = column.Type.DataType switch
        {
            DataType.BigInt => Cell.Of(FirstFreeId + Serial),
            DataType.Date => Cell.Of(FreeDay),
            DataType.Timestamp => Cell.Of(FreeDay.ToDateTime(TimeOnly.MinValue)),
            DataType.Varchar => Cell.Of($"extra-{Serial:000000}"),
            _ => Cell.Of(column.Type, FreeNumber(NumberRange.Of(column))),
        };
    }
}
