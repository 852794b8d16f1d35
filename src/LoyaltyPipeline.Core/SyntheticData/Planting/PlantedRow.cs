namespace LoyaltyPipeline.Core.SyntheticData.Planting;

/// <summary>A copy of a good row, about to be spoiled.</summary>
/// <param name="Table">The table of the row.</param>
/// <param name="Cells">Its values.</param>
/// <param name="Serial">Counts the planted rows of the table.</param>
/// <param name="LastDay">The last day of the sample.</param>
internal sealed record PlantedRow(SyntheticTable Table, Cell[] Cells, int Serial, DateOnly LastDay)
{
    private const long FirstFreeId = 8_000_000_000;

    // So long before the last day that no sample has good rows there.
    private const int FreeDaysBefore = SyntheticDataOptions.LongestPeriodInDays + 1000;

    /// <summary>Gives the row a key of its own, so that the rule it is to break stays the only one.</summary>
    public void TakeFreshKey()
    {
        var index = Enumerable.Range(0, Cells.Length).Last(column => Table.Columns[column].IsKey);
        Cells[index] = Table.Columns[index].Type switch
        {
            SyntheticColumnType.BigInt => Cell.Of(FirstFreeId + Serial),
            SyntheticColumnType.Date => Cell.Of(LastDay.AddDays(-FreeDaysBefore - Serial)),
            _ => Cell.Of($"extra-{Serial:000000}"),
        };
    }
}
