using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.SyntheticData.Cells;
using LoyaltyPipeline.Core.SyntheticData.Declared;

namespace LoyaltyPipeline.Core.SyntheticData.Planting;

/// <summary>Changes a value that is neither key nor event time to another good one, so that only the remaining columns decide.</summary>
internal static class TieBreak
{
    public static void ChangeOneValue(PlantedRow row)
    {
        var candidates = row.Table.Columns.Index()
            .Where(entry => !row.Table.Key.Contains(entry.Item) && entry.Item != row.Table.EventTime && row.Cells[entry.Index] != Cell.Null)
            .OrderBy(entry => Preference(entry.Item))
            .ToArray();
        if (candidates is [var (index, column), ..])
            row.Cells[index] = Another(row.Cells[index], column);
    }

    private static int Preference(CatalogColumn column) => column switch
    {
        { Accepted.Count: > 0 } => 0,
        { Type.DataType: DataType.Integer or DataType.Decimal, References: null } => 1,
        { References: null } => 2,
        _ => 3,
    };

    private static Cell Another(Cell cell, CatalogColumn column) => column switch
    {
        { Accepted.Count: > 0 } => NextAccepted(cell, column),
        { References: not null } => cell,
        { Type.IsNumeric: true } => Neighbour(cell, column),
        { Type.DataType: DataType.Boolean } => Cell.Of(cell.Number == 0),
        { Type.DataType: DataType.Varchar } => Cell.Of(cell.Text + " too"),
        _ => cell,
    };

    private static Cell NextAccepted(Cell cell, CatalogColumn column)
    {
        var position = column.Accepted.Index().First(entry => entry.Item.Equals(cell.Text, StringComparison.Ordinal)).Index;
        return Cell.Of(column.Accepted[(position + 1) % column.Accepted.Count]);
    }

    private static Cell Neighbour(Cell cell, CatalogColumn column)
    {
        var range = NumberRange.Of(column);
        decimal[] others = [cell.Value + 1, cell.Value - 1, cell.Value];
        return Cell.Of(column.Type, others.First(range.Has));
    }
}
