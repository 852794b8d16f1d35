namespace LoyaltyPipeline.Core.Samples.Planting;

/// <summary>A copy of a good row, about to be spoiled.</summary>
/// <param name="Table">The table of the row.</param>
/// <param name="Cells">Its values.</param>
/// <param name="Serial">Counts the planted rows of the table.</param>
/// <param name="Reuse">How often the same good row may have been copied before.</param>
/// <param name="LastDay">The last day of the sample.</param>
internal sealed record PlantedRow(SampleTable Table, Cell[] Cells, int Serial, int Reuse, DateOnly LastDay)
{
    private const long FirstFreeId = 8_000_000_000;

    /// <summary>Gives the row a key of its own, so that the rule it is to break stays the only one.</summary>
    public void TakeFreshKey()
    {
        var index = Enumerable.Range(0, Cells.Length).Last(column => Table.Columns[column].IsKey);
        Cells[index] = Table.Columns[index].Type switch
        {
            SampleColumnType.BigInt => Cell.Of(FirstFreeId + Serial),
            SampleColumnType.Date => Cell.Of(NearbyDay(DateOnly.FromDayNumber((int)Cells[index].Number))),
            _ => Cell.Of($"extra-{Serial:000000}"),
        };
    }

    /// <summary>Good rows of one key have their dates a month apart.</summary>
    private DateOnly NearbyDay(DateOnly day)
    {
        var distance = 1 + Reuse;
        return day.AddDays(distance) <= LastDay ? day.AddDays(distance) : day.AddDays(-distance);
    }
}
