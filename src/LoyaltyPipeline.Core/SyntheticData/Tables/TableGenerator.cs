using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

/// <summary>Writes the rows of one table in the order of its key. An instance serves one sample.</summary>
internal abstract class TableGenerator(SyntheticTable table)
{
    public SyntheticTable Table => table;

    public abstract void Write(SyntheticPopulation population, IRowSink sink, RowMeter meter);
}
