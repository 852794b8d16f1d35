using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.SyntheticData.Cells;

namespace LoyaltyPipeline.Core.SyntheticData.Declared;

/// <summary>
/// Brings rows of a generator that has other columns than the catalog into the form that is declared: what the generator knows nothing of
/// gets values by its declaration, what is not declared is left out.
/// </summary>
internal sealed class DeclaredColumnsSink : CellSink
{
    private readonly IRowSink sink;
    private readonly DeclaredRows rows;
    private readonly int[] places;
    private readonly bool[] isGiven;
    private readonly int timeColumn;
    private readonly long lastSecond;
    private readonly ulong stream;
    private long row;
    private int column;

    public DeclaredColumnsSink(
        IRowSink sink, CatalogTable table, IReadOnlyList<string> columns, ReferencedValues references, SyntheticPopulation population)
    {
        this.sink = sink;
        var shape = new DeclaredShape(table);
        rows = new DeclaredRows(shape, references);
        var names = shape.ColumnNames.ToList();
        places = [.. columns.Select(name => names.IndexOf(name))];
        isGiven = [.. shape.ColumnNames.Select(name => columns.Contains(name, StringComparer.Ordinal))];
        timeColumn = table.EventTime is { } time && columns.Contains(time.Name, StringComparer.Ordinal) ? names.IndexOf(time.Name) : -1;
        lastSecond = (long)population.LastDay * SyntheticTime.SecondsPerDay;
        stream = SyntheticRandom.Stream(population.Seed, $"{table} by its declaration");
    }

    public override void EndRow()
    {
        var random = new SyntheticRandom(stream, row);
        var second = timeColumn >= 0 ? rows.Cells[timeColumn].Second ?? lastSecond : lastSecond;
        rows.Fill(ref random, new RowPlace(User: null, row, row, second), isGiven);
        rows.WriteTo(sink);
        row++;
        column = 0;
    }

    protected override void Add(Cell cell)
    {
        if (places[column++] is >= 0 and var place)
            rows.Cells[place] = cell;
    }
}
