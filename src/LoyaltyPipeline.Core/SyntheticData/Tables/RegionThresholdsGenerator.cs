using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

/// <summary>
/// Thresholds are raised a little two times, if the period is long enough for that; in one region after the other, a day each.
/// </summary>
internal sealed class RegionThresholdsGenerator() : TableGenerator(
    "DW_C.REGION_THRESHOLDS",
    "REGION_CODE", "EFFECTIVE_FROM", "LOW_ENGAGEMENT_BELOW", "HIGHLY_ENGAGED_FROM")
{
    private const int Periods = 3;
    private const int ShortestPeriodInDays = 30;
    private const int RaiseHundredths = 150;

    protected override void WriteRows(SyntheticPopulation population, IRowSink sink, RowMeter meter)
    {
        var length = population.Days / Periods;
        var periods = length < ShortestPeriodInDays ? 1 : Periods;
        foreach (var (index, region) in SyntheticRegions.All.Index())
        {
            for (var period = 0; period < periods; period++)
            {
                var delay = period == 0 ? 0 : index;
                sink.Write(region.Code);
                sink.WriteDate(SyntheticTime.ToDate(population.FirstDay + (period * length) + delay));
                sink.Write(Threshold(region.LowEngagementBelow, period));
                sink.Write(Threshold(region.HighlyEngagedFrom, period));
                sink.EndRow();
                meter.Add(1);
            }
        }
    }

    private static decimal Threshold(int startHundredths, int period) =>
        new(startHundredths + (period * RaiseHundredths), mid: 0, hi: 0, isNegative: false, scale: 2);
}
