namespace LoyaltyPipeline.Core.Samples.Tables;

internal sealed class RegionMetadataGenerator() : TableGenerator(SampleTables.RegionMetadata)
{
    public override void Write(SamplePopulation population, IRowSink sink, RowMeter meter)
    {
        foreach (var region in SampleRegions.All)
        {
            sink.Write(region.Code);
            sink.Write(region.Name);
            sink.Write(region.Country);
            sink.Write(region.Class);
            sink.EndRow();
            meter.Add(1);
        }
    }
}
