using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Whether what the newest merge counted of adoption is what Master says.</summary>
internal static class AdoptionCheck
{
    /// <summary>The check, where Master has what it needs.</summary>
    public static IEnumerable<Check> Of(LoyaltyCatalog catalog)
    {
        if (catalog.Master.FindColumn("FEATURES_ADOPTED") is null)
            yield break;
        var adoption = catalog.Table(AdoptionLog.Table);
        yield return new QueryCheck(
            new CheckDefinition(
                $"{adoption}.reconciled", CheckSuite.History, adoption.Name, "ADOPTERS, USERS",
                "the newest day counts other users or features of the region than Master has", CheckThreshold.FailsOnAny, "regions"),
            context => context.Newest is { } merge ? Differences(catalog.Master, merge) : null,
            NewestMerge.None,
            "v.REGION_CODE || ': ' || CAST(v.COUNTED AS VARCHAR) || ' adopters, in Master ' || CAST(v.ADOPTED AS VARCHAR)",
            context => new Measure(
                adoption.ToString(), $"COUNT(DISTINCT CASE WHEN RUN_DATE = {SqlText.Literal(context.Newest!.Day)} THEN REGION_CODE END)"))
        {
            AlsoNeeds = [new TableNeed(catalog.Master.Name, ["FEATURES_ADOPTED"])],
        };
    }

    // Where nobody has taken up anything, a day counts no region. Of who was erased since, the day counts more than Master has.
    private static string Differences(CatalogTable master, NewestMerge merge) =>
        $"""
        SELECT COALESCE(a.REGION_CODE, m.REGION_CODE) AS REGION_CODE,
            COALESCE(a.ADOPTERS, 0) AS COUNTED, COALESCE(m.ADOPTERS, 0) AS ADOPTED
        FROM (
            SELECT REGION_CODE, MIN(USERS) AS FEWEST, MAX(USERS) AS MOST, SUM(ADOPTERS) AS ADOPTERS
            FROM {AdoptionLog.Table}
            WHERE RUN_DATE = {SqlText.Literal(merge.Day)}
            GROUP BY REGION_CODE
        ) AS a
        FULL OUTER JOIN (
            SELECT REGION_CODE, COUNT(*) AS USERS, SUM(ADOPTED) AS ADOPTERS
            FROM (SELECT {RegionGroup.Of(master)} AS REGION_CODE, FEATURES_ADOPTED AS ADOPTED FROM {master} AS s) AS u
            GROUP BY REGION_CODE
        ) AS m ON m.REGION_CODE = a.REGION_CODE
        WHERE COALESCE(a.ADOPTERS, 0) {Differs(merge)} COALESCE(m.ADOPTERS, 0)
            OR a.FEWEST {Differs(merge)} COALESCE(m.USERS, 0)
            OR a.MOST {Differs(merge)} COALESCE(m.USERS, 0)
        """;

    private static string Differs(NewestMerge merge) => merge.IsErasedSince ? "<" : "<>";
}
