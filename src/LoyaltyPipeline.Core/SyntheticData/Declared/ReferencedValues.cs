using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.SyntheticData.Cells;
using LoyaltyPipeline.Core.SyntheticData.Tables;

namespace LoyaltyPipeline.Core.SyntheticData.Declared;

/// <summary>Values that a column of another table has, so that what refers to them finds them.</summary>
/// <param name="path">The tables that wait for these values: what leads back to one of them is not followed.</param>
internal sealed class ReferencedValues(LoyaltyCatalog catalog, SyntheticPopulation population, params IReadOnlyList<TableName> path)
{
    private const int FirstUsers = 100;

    public int Users => population.Users;

    public ReferencedValues Within(CatalogTable table) => new(catalog, population, [.. path, table.Name]);

    /// <summary>Those in the rows of the first users; none where the reference leads back.</summary>
    public IReadOnlyList<Cell> Of(ColumnReference reference)
    {
        if (path.Contains(reference.Table) || catalog.Sources.FirstOrDefault(source => source.Name == reference.Table) is not { } table)
            return [];
        var values = new CollectingSink(table.Columns.Index().First(entry => entry.Item.Name == reference.Column).Index);
        var meter = new RowMeter(table.Name.ToString(), new SyntheticLedger(users: 0, progress: null), CancellationToken.None);
        TableGenerators.Create(table, this).Write(table, this, population.First(FirstUsers), values, meter);
        return
        [
            .. values.Cells.Where(cell => cell.Kind != CellKind.Null).Distinct()
                .OrderBy(cell => cell.Value).ThenBy(cell => cell.Text, StringComparer.Ordinal),
        ];
    }

    private sealed class CollectingSink(int wanted) : CellSink
    {
        private int column;

        public List<Cell> Cells { get; } = [];

        public override void EndRow() => column = 0;

        protected override void Add(Cell cell)
        {
            if (column++ == wanted)
                Cells.Add(cell);
        }
    }
}
