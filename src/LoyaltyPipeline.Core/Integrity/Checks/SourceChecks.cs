using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Runs;

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

    /// <summary>How many days the newest row of a source lies before the newest written day. Rows of later days do not count.</summary>
    /// <param name="definition">What is known of the check.</param>
    private sealed class FreshnessCheck(CheckDefinition definition, CatalogTable source) : Check(definition)
    {
        private string Time => (source.CountedBy ?? source.EventTime)!.Name;

        public override IEnumerable<Measure> Measures(CheckContext context) => context.Newest is null ? [] : [Newest(context)];

        public override Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
        {
            if (context.Newest is not { } merge)
                return Task.FromResult(Finding.Skip(NewestMerge.None));
            if (context.Value(Newest(context)) is not { } time)
                return Task.FromResult(Finding.Skip($"{source} has no row up to {merge.Day:yyyy-MM-dd}"));
            var newest = time is DateTime moment ? DateOnly.FromDateTime(moment) : (DateOnly)time;
            var behind = merge.Day.DayNumber - newest.DayNumber;
            return Task.FromResult(
                new Finding
                {
                    Violations = behind,
                    Message = $"the newest row is of {newest:yyyy-MM-dd}, {behind} days before {merge.Day:yyyy-MM-dd}",
                });
        }

        private Measure Newest(CheckContext context) =>
            new(context.Locate(source.Name), $"MAX(CASE WHEN {Time} < {context.Newest!.End} THEN {Time} END)");
    }

    /// <summary>
    /// How far the rows that the newest merge has read are from what the merges of earlier days let expect: the rows of the day before, and
    /// the median of what came in addition from day to day.
    /// </summary>
    /// <param name="definition">What is known of the check.</param>
    private sealed class VolumeCheck(CheckDefinition definition, CatalogTable source) : Check(definition)
    {
        private const int DaysLookedAt = 30;
        private const int DaysNeeded = 4;

        public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
        {
            if (context.Newest is null)
                return Finding.Skip(NewestMerge.None);
            // Of a day that was merged more than once the last merge counts.
            var rows = await context.Session.ListAsync(
                $"""
                SELECT s.ROWS_READ
                FROM LOYALTY.RUN_SOURCE AS s
                JOIN ({UndoneDays.StandingMerges}) AS r ON r.RUN_ID = s.RUN_ID
                WHERE s.SOURCE_TABLE = ? AND r.RUN_DATE <= {SqlText.Literal(context.Newest.Day)}
                QUALIFY ROW_NUMBER() OVER (PARTITION BY r.RUN_DATE ORDER BY r.RUN_ID DESC) = 1
                ORDER BY r.RUN_DATE DESC LIMIT {DaysLookedAt}
                """,
                [source.Name.ToString()],
                reader => reader.LongAt(0),
                cancellationToken);
            if (rows.Count < DaysNeeded)
                return Finding.Skip($"{rows.Count} days have been merged; {DaysNeeded} are needed to tell what is usual");
            var steps = rows.Skip(1).Zip(rows.Skip(2), (later, earlier) => later - earlier).Order().ToList();
            var expected = Math.Max(0, rows[1] + steps[steps.Count / 2]);
            return new Finding
            {
                Violations = Math.Abs(rows[0] - expected),
                Total = Math.Max(expected, RowLimit.UsualLeastRows),
                Message = $"{rows[0]} rows were read where about {expected} were expected",
            };
        }
    }

    /// <summary>
    /// Whether the rows of a source that count for the newest written day are those that its merge has used or put in quarantine. Where
    /// they are not, the source has changed since, and Master does not know it.
    /// </summary>
    /// <param name="definition">What is known of the check.</param>
    private sealed class UnmergedCheck(CheckDefinition definition, CatalogTable source) : Check(definition)
    {
        public override IEnumerable<Measure> Measures(CheckContext context) => context.Newest?.RunId is null ? [] : [Counted(context)];

        public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
        {
            if (context.Newest is not { RunId: { } run } merge)
                return Finding.Skip(NewestMerge.None);
            var logged = await context.Session.ListAsync(
                "SELECT ROWS_USED, ROWS_QUARANTINED FROM LOYALTY.RUN_SOURCE WHERE RUN_ID = ? AND SOURCE_TABLE = ?",
                [run, source.Name.ToString()],
                reader => (Used: reader.LongAt(0), Quarantined: reader.LongAt(1)),
                cancellationToken);
            if (logged.Count == 0)
                return Finding.Skip($"the merge {run} knows nothing of {source}");
            var (used, quarantined) = logged[0];
            var rows = context.Count(Counted(context));
            return new Finding
            {
                // Rows of who was erased since are gone, and Master knows it.
                Violations = merge.IsErasedSince ? Math.Max(rows - used - quarantined, 0) : Math.Abs(rows - used - quarantined),
                Total = Math.Max(rows, used + quarantined),
                Message = $"{rows} rows count for {merge.Day:yyyy-MM-dd}; its merge used {used} and put {quarantined} in quarantine",
            };
        }

        private Measure Counted(CheckContext context)
        {
            var relation = context.Locate(source.Name);
            if (context.Erased?.IsOfNone(source, "src") is { } ofNone)
                relation = $"(SELECT * FROM {relation} AS src WHERE {ofNone})";
            return source.CountedBy is { } time
                ? Measure.RowsWith(relation, $"{time.Name} IS NULL OR {time.Name} < {context.Newest!.End}")
                : Measure.Rows(relation);
        }
    }
}
