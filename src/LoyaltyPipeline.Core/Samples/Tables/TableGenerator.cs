namespace LoyaltyPipeline.Core.Samples.Tables;

/// <summary>Writes the rows of one table in the order of its key. An instance serves one sample.</summary>
internal abstract class TableGenerator(SampleTable table)
{
    public SampleTable Table => table;

    public abstract void Write(SamplePopulation population, IRowSink sink, RowMeter meter);
}
