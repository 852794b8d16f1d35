using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class RegionMetadataGenerator() : TableGenerator(
    "DW_C.REGION_METADATA",
    "REGION_CODE", "REGION_NAME", "COUNTRY", "REGION_CLASS")
{
    protected override void WriteRows(SyntheticPopulation population, IRowSink sink, RowMeter meter)
    {
        foreach (var region in SyntheticRegions.All)
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
