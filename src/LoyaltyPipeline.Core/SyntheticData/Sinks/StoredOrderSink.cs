using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.SyntheticData.Cells;

namespace LoyaltyPipeline.Core.SyntheticData.Sinks;

/// <summary>Writes values in the order in which a table has its columns; those of it that get none are NULL.</summary>
internal sealed class StoredOrderSink(IRowSink sink, IReadOnlyList<string> columns, IReadOnlyList<string> stored) : CellSink
{
    private readonly int[] places = [.. columns.Select(name => stored.ToList().IndexOf(name))];
    private readonly Cell[] cells = new Cell[stored.Count];
    private int column;

    public override void EndRow()
    {
        foreach (var cell in cells)
            cell.WriteTo(sink);
        sink.EndRow();
        column = 0;
    }

    public override void Complete() => sink.Complete();

    public override void Dispose()
    {
        sink.Dispose();
        base.Dispose();
    }

    protected override void Add(Cell cell) => cells[places[column++]] = cell;
}
