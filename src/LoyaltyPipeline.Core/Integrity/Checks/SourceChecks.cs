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
                ? Rejected(source, $"RUN_ID = {SqlText.Quote(run)}")
                : null,
            NewestMerge.None,
            "COALESCE(v.ROW_KEY, 'NULL') || ': ' || v.RULE",
            context => RowsRead(source, $"RUN_ID = {SqlText.Quote(context.Newest!.RunId!)}"))
        {
            LeastTotal = RowLimit.OfImports.LeastRows,
        };
        yield return new QueryCheck(
            Define(
                source, "import_share", "were rejected by imports since the merge before the newest, and have not come again since",
                ShareOfImported),
            context => context.Newest?.RunId is null
                ? null
                : Rejected(source, $"{Imported(context)} AND RESOLVED_BY IS NULL"),
            NewestMerge.None,
            "COALESCE(v.ROW_KEY, 'NULL') || ': ' || v.RULE",
            context => RowsRead(source, Imported(context)))
        {
            LeastTotal = RowLimit.OfImports.LeastRows,
        };
        yield return new UnmergedCheck(
            Define(source, "merged", "are not those the newest merge has read", CheckThreshold.WarnsOnAny), source);
    }

    private static string Imported(CheckContext context)
    {
        var mergeBefore = SqlText.Quote(context.Newest!.RunIdBefore ?? string.Empty);
        return $"RUN_ID IN (SELECT RUN_ID FROM LOYALTY.RUN WHERE KIND = '{nameof(RunKind.Import)}' AND RUN_ID > {mergeBefore})";
    }

    private static string Rejected(CatalogTable source, string runs) =>
        $"""
        SELECT ROW_KEY, RULE, DETAIL
        FROM LOYALTY.QUARANTINE
        WHERE {runs} AND SOURCE_TABLE = {Name(source)} AND RULE <> '{RejectionRule.Duplicate}'
        """;

    private static Measure RowsRead(CatalogTable source, string runs) =>
        new("LOYALTY.RUN_SOURCE", $"SUM(CASE WHEN {runs} AND SOURCE_TABLE = {Name(source)} THEN ROWS_READ ELSE 0 END)");

    private static string Name(CatalogTable source) => SqlText.Quote(source.Name.ToString());

    private static CheckDefinition Define(CatalogTable source, string kind, string fault, CheckThreshold threshold, string unit = "rows") =>
        new($"{source}.{kind}", CheckSuite.Sources, source.Name, Column: null, fault, threshold, unit);
}
