using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.SyntheticData.Cells;
using LoyaltyPipeline.Core.SyntheticData.Sinks;

namespace LoyaltyPipeline.Core.SyntheticData.Planting;

/// <summary>
/// Passes good rows on and remembers some of them; spoiled copies follow at the end of the table, so that the good rows keep their
/// order and no good row is lost to a bad one.
/// </summary>
internal sealed class PlantingSink : CellSink
{
    private const int RowsPerPlantedRow = 1000;
    private const int FewestPerPlant = 2;
    private const int FewestRowsPerPlantedRow = 10;
    private const int RememberedRows = 16;

    private readonly IRowSink sink;
    private readonly CatalogTable table;
    private readonly DateOnly lastDay;
    private readonly IReadOnlyList<Plant> plants;
    private readonly Cell[][] latest;
    private readonly List<PlantedRow> planted = [];
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private Cell[] current;
    private long rows;
    private int column;

    public PlantingSink(IRowSink sink, CatalogTable table, DateOnly lastDay)
    {
        this.sink = sink;
        this.table = table;
        this.lastDay = lastDay;
        plants = PlantCatalog.For(table, sink is IRawTextSink);
        latest = [.. Enumerable.Range(0, RememberedRows).Select(_ => new Cell[table.Columns.Count])];
        current = latest[0];
    }

    public IReadOnlyDictionary<string, long> CountByRule() => counts;

    public override void EndRow()
    {
        sink.EndRow();
        if (rows % RowsPerPlantedRow == RowsPerPlantedRow - 1)
            Spoil(plants[planted.Count % plants.Count], current);
        rows++;
        column = 0;
        current = latest[rows % RememberedRows];
    }

    public override void Complete()
    {
        PlantWhatIsMissing();
        foreach (var row in planted)
        {
            foreach (var cell in row.Cells)
                cell.WriteTo(sink);
            sink.EndRow();
        }

        sink.Complete();
    }

    protected override void Add(Cell cell)
    {
        current[column++] = cell;
        cell.WriteTo(sink);
    }

    /// <summary>
    /// A small table gets each kind of bad row too, from its last good rows in turn, as long as no more than a tenth of it is bad.
    /// </summary>
    private void PlantWhatIsMissing()
    {
        var available = (int)Math.Min(rows, RememberedRows);
        var streamed = planted.Count;
        var room = (rows / FewestRowsPerPlantedRow) - streamed;
        for (var times = 1; times <= FewestPerPlant; times++)
        {
            for (var index = 0; index < plants.Count && planted.Count - streamed < room; index++)
            {
                var already = (streamed / plants.Count) + (index < streamed % plants.Count ? 1 : 0);
                // Both copies that a plant spoils are of different rows.
                var copy = (index * FewestPerPlant) + times - 1;
                if (already < times)
                    Spoil(plants[index], latest[copy % available]);
            }
        }
    }

    private void Spoil(Plant plant, Cell[] goodRow)
    {
        var row = new PlantedRow(table, [.. goodRow], planted.Count, lastDay);
        if (!plant.KeepsKey)
            row.TakeFreshKey();
        plant.Spoil(row);
        planted.Add(row);
        counts[plant.Rule] = counts.GetValueOrDefault(plant.Rule) + 1;
    }
}
