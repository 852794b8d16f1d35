namespace LoyaltyPipeline.Core.SyntheticData.Planting;

/// <summary>Changes a value that is neither key nor event time to another good one, so that only the remaining columns decide.</summary>
internal static class TieBreak
{
    public static void ChangeOneValue(PlantedRow row)
    {
        var candidates = row.Table.Columns.Index()
            .Where(entry => entry.Item is { IsKey: false, IsEventTime: false } && row.Cells[entry.Index].Kind != CellKind.Null)
            .ToArray();
        var (index, column) = candidates.Any(entry => entry.Item.Accepted.Count > 0)
            ? candidates.First(entry => entry.Item.Accepted.Count > 0)
            : candidates.First(entry => entry.Item.Type is SyntheticColumnType.Integer or SyntheticColumnType.Decimal);
        row.Cells[index] = column.Accepted.Count > 0 ? NextAccepted(row.Cells[index], column) : Neighbour(row.Cells[index], column);
    }

    private static Cell NextAccepted(Cell cell, SyntheticColumn column)
    {
        var position = Enumerable.Range(0, column.Accepted.Count)
            .First(index => string.Equals(column.Accepted[index], cell.Text, StringComparison.Ordinal));
        return Cell.Of(column.Accepted[(position + 1) % column.Accepted.Count]);
    }

    private static Cell Neighbour(Cell cell, SyntheticColumn column)
    {
        var value = cell.Kind == CellKind.Decimal ? cell.Amount : cell.Number;
        return cell.With(value + 1 <= (column.Maximum ?? int.MaxValue) ? value + 1 : value - 1);
    }
}
