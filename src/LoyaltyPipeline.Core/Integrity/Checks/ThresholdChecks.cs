using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>
/// Whether each region has thresholds in effect, and Master has those. That they are sound by themselves the catalog declares.
/// </summary>
internal sealed class ThresholdChecks(LoyaltyCatalog catalog)
{
    private CatalogTable Thresholds => catalog.Table("DW_C.REGION_THRESHOLDS");

    private CatalogTable Regions => catalog.Table("DW_C.REGION_METADATA");

    /// <summary>The checks.</summary>
    public IEnumerable<Check> All() => [OfRegions(), OfMaster()];

    private QueryCheck OfRegions() => new(
        new CheckDefinition(
            $"{Regions}.thresholds", CheckSuite.Sources, Regions.Name, "REGION_CODE",
            "the region has no thresholds in effect on the day: its users are Unscored", CheckThreshold.FailsOnAny, "regions"),
        context => context.Newest is { } merge
            ? $"""
              SELECT REGION_CODE
              FROM {UsedRows.Of(Regions, context)} AS r
              WHERE REGION_CODE NOT IN (
                  SELECT REGION_CODE FROM {UsedRows.Of(Thresholds, context)} AS t WHERE EFFECTIVE_FROM < {merge.End})
              """
            : null,
        NewestMerge.None,
        "'REGION_CODE=' || v.REGION_CODE",
        context => Measure.RowsWith(context.Locate(Regions.Name), $"NOT ({RowRules.Of(Regions).AnyBroken})"))
    {
        AlsoNeeds = [TableNeed.Judged(Regions), TableNeed.Judged(Thresholds)],
    };

    private QueryCheck OfMaster() => new(
        new CheckDefinition(
            $"{catalog.Master}.thresholds", CheckSuite.Master, catalog.Master.Name, "LOW_ENGAGEMENT_BELOW, HIGHLY_ENGAGED_FROM",
            "the thresholds are not those of the region on the day", CheckThreshold.FailsOnAny, "users"),
        context => context.Newest is { } merge
            ? $"""
              SELECT m.USER_ID
              FROM {catalog.Master} AS m
              LEFT JOIN (
                  SELECT REGION_CODE,
                      MAX_BY(LOW_ENGAGEMENT_BELOW, EFFECTIVE_FROM) AS LOW, MAX_BY(HIGHLY_ENGAGED_FROM, EFFECTIVE_FROM) AS HIGH
                  FROM {UsedRows.Of(Thresholds, context)} AS u
                  WHERE EFFECTIVE_FROM < {merge.End}
                  GROUP BY REGION_CODE
              ) AS t ON t.REGION_CODE = m.REGION_CODE
              WHERE m.LOW_ENGAGEMENT_BELOW IS DISTINCT FROM t.LOW OR m.HIGHLY_ENGAGED_FROM IS DISTINCT FROM t.HIGH
              """
            : null,
        NewestMerge.None,
        "'USER_ID=' || CAST(v.USER_ID AS VARCHAR)",
        context => context.RowsOf(catalog.Master.Name))
    {
        AlsoNeeds = [TableNeed.Judged(Thresholds)],
    };
}
