using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.SyntheticData.Declared;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

/// <summary>Writes the rows of one table in the order of its key. An instance serves one sample.</summary>
/// <param name="columns">What <see cref="WriteRows"/> writes, in that order; the catalog may declare more, fewer, or another order.</param>
internal abstract class TableGenerator(string name, params IReadOnlyList<string> columns)
{
    public string Name => name;

    /// <summary>Writes rows that have the declared columns.</summary>
    public void Write(CatalogTable table, ReferencedValues references, SyntheticPopulation population, IRowSink sink, RowMeter meter)
    {
        if (columns.SequenceEqual(table.Columns.Select(column => column.Name), StringComparer.Ordinal))
            WriteRows(population, sink, meter);
        else
            WriteRows(population, new DeclaredColumnsSink(sink, table, columns, references.Within(table), population), meter);
    }

    protected abstract void WriteRows(SyntheticPopulation population, IRowSink sink, RowMeter meter);
}
