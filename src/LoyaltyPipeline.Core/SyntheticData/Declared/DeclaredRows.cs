using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.SyntheticData.Cells;

namespace LoyaltyPipeline.Core.SyntheticData.Declared;

/// <summary>Gives the columns of a row values by what the catalog says of them.</summary>
internal sealed class DeclaredRows
{
    private const int NullsPerThousand = 100;

    private readonly DeclaredShape shape;
    private readonly IReadOnlyList<CatalogColumn> columns;
    private readonly ColumnValues[] values;
    private readonly int[] order;
    private readonly int[] notBelow;

    public DeclaredRows(DeclaredShape shape, ReferencedValues references)
    {
        this.shape = shape;
        columns = shape.Table.Columns;
        values = [.. columns.Select(column => new ColumnValues(column, references))];
        notBelow = [.. columns.Select(column => IndexOf(column.NotBelow))];
        order = [.. Enumerable.Range(0, columns.Count).OrderBy(Depth)];
        Cells = new Cell[columns.Count];
    }

    public Cell[] Cells { get; }

    /// <summary>How many rows their index alone can tell apart; null for any number.</summary>
    public int? MostRows => shape.Counter is null ? 1 : values[IndexOf(shape.Counter.Name)].Count;

    /// <summary>How many blocks the other columns of the key make.</summary>
    public int Blocks => KeyBlocks.Aggregate(1, (blocks, column) => blocks * (values[column].Count ?? 1));

    private IEnumerable<int> KeyBlocks => Enumerable.Range(0, columns.Count)
        .Where(column => shape.Table.Key.Contains(columns[column]) && columns[column] != shape.Counter && columns[column] != shape.Owner);

    /// <summary>Gives each column a value.</summary>
    /// <param name="isGiven">Which cells have theirs already; null for none.</param>
    public void Fill(ref SyntheticRandom random, RowPlace place, IReadOnlyList<bool>? isGiven = null)
    {
        var block = place.Block;
        foreach (var column in order)
        {
            if (isGiven?[column] != true)
                Cells[column] = Value(column, ref random, place, ref block);
        }
    }

    public void WriteTo(IRowSink sink)
    {
        foreach (var cell in Cells)
            cell.WriteTo(sink);
        sink.EndRow();
    }

    private Cell Value(int index, ref SyntheticRandom random, RowPlace place, ref long block)
    {
        var column = columns[index];
        if (column == shape.Counter)
            return values[index].At(place.Index, place.Second);
        if (column.Nullable && column != shape.Table.EventTime && random.Chance(NullsPerThousand))
            return Cell.Null;
        if (column == shape.Owner && place.User is { } user)
            return Cell.Of(column.Type, user);
        if (shape.Table.Key.Contains(column) && column != shape.Owner)
            return AtBlock(values[index], place.Second, ref block);
        return notBelow[index] >= 0
            ? values[index].Reach(Cells[notBelow[index]], ref random, place.Second)
            : values[index].Pick(ref random, place.Second);
    }

    private static Cell AtBlock(ColumnValues values, long second, ref long block)
    {
        var count = values.Count ?? 1;
        var cell = values.At(block % count, second);
        block /= count;
        return cell;
    }

    private int IndexOf(string? name) =>
        columns.Index().Where(entry => entry.Item.Name == name).Select(entry => entry.Index).FirstOrDefault(-1);

    /// <summary>A column comes after the one that it is not below.</summary>
    private int Depth(int column)
    {
        var depth = 0;
        while ((column = notBelow[column]) >= 0 && depth < columns.Count)
            depth++;
        return depth;
    }
}
