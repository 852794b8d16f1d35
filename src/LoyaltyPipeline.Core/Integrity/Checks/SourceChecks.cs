using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>
/// What is checked of sources beyond what the catalog says of their rows: whether they are up to date, complete, and used to the last row.
/// </summary>
internal static class SourceChecks
{
    private const int LateDays = 5;

    private static readonly CheckThreshold ShareOfRows = new(new RowLimit(1, IsPercent: true), new RowLimit(10, IsPercent: true));
    private static readonly CheckThreshold ShareOfImported = new(new RowLimit(1, IsPercent: true), new RowLimit(30, IsPercent: true));
    private static readonly CheckThreshold Volume = new(new RowLimit(10, IsPercent: true), new RowLimit(50, IsPercent: true));

    /// <summary>The checks of a source.</summary>
    public static IEnumerable<Check> Of(CatalogTable source)
    {
        if (source.FreshWithin is { } days)
            yield return new FreshnessCheck(
                Define(
                    source, "freshness", "the newest row lies behind the day merged",
                    new CheckThreshold(new RowLimit(days, IsPercent: false), new RowLimit(Math.Max(days, 1) * LateDays, IsPercent: false)),
                    "days"), source);
        yield return new VolumeCheck(Define(source, "volume", "differ from what earlier merges let expect", Volume), source);
        yield return new QueryCheck(
            Define(source, "quarantine_share", "were rejected by the newest merge, losers among rows of one key not counted", ShareOfRows),
            context => context.Newest?.RunId is { } run
                ? $"SELECT ROW_KEY, RULE, DETAIL FROM LOYALTY.QUARANTINE WHERE RUN_ID = {SqlText.Quote(run)} AND SOURCE_TABLE = {Name(source)} AND RULE <> '{RejectionRule.Duplicate}'"
                : null,
            NewestMerge.None,
            "COALESCE(v.ROW_KEY, 'NULL') || ': ' || v.RULE",
            context => new Measure(
                "LOYALTY.RUN_SOURCE",
                $"SUM(CASE WHEN RUN_ID = {SqlText.Quote(context.Newest!.RunId!)} AND SOURCE_TABLE = {Name(source)} THEN ROWS_READ ELSE 0 END)"))
        {
            LeastTotal = RowLimit.OfImports.LeastRows,
        };
        yield return new QueryCheck(
            Define(
                source, "import_share", "were rejected by imports since the merge before the newest, and have not come again since",
                ShareOfImported),
            context => context.Newest?.RunId is null
                ? null
                : $"SELECT ROW_KEY, RULE, DETAIL FROM LOYALTY.QUARANTINE WHERE {Imported(context)} AND SOURCE_TABLE = {Name(source)} AND RESOLVED_BY IS NULL AND RULE <> '{RejectionRule.Duplicate}'",
            NewestMerge.None,
            "COALESCE(v.ROW_KEY, 'NULL') || ': ' || v.RULE",
            context => new Measure(
                "LOYALTY.RUN_SOURCE", $"SUM(CASE WHEN {Imported(context)} AND SOURCE_TABLE = {Name(source)} THEN ROWS_READ ELSE 0 END)"))
        {
            LeastTotal = RowLimit.OfImports.LeastRows,
        };
        yield return new UnmergedCheck(
            Define(source, "merged", "are not those the newest merge has read", CheckThreshold.WarnsOnAny), source);
    }

    private static string Imported(CheckContext context) =>
        $"RUN_ID IN (SELECT RUN_ID FROM LOYALTY.RUN WHERE KIND = '{nameof(RunKind.Import)}' AND RUN_ID > {SqlText.Quote(context.Newest!.RunIdBefore ?? string.Empty)})";

    private static string Name(CatalogTable source) => SqlText.Quote(source.Name.ToString());

    private static CheckDefinition Define(CatalogTable source, string kind, string fault, CheckThreshold threshold, string unit = "rows") =>
        new($"{source}.{kind}", CheckSuite.Sources, source.Name, Column: null, fault, threshold, unit);
}
