using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>
/// How far the rows that the newest merge has read are from what the merges of earlier days let expect: the rows of the day before, and the
/// median of what came in addition from day to day.
/// </summary>
/// <param name="definition">What is known of the check.</param>
internal sealed class VolumeCheck(CheckDefinition definition, CatalogTable source) : Check(definition)
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
            JOIN LOYALTY.RUN AS r ON r.RUN_ID = s.RUN_ID
            WHERE r.KIND = '{nameof(RunKind.Merge)}' AND r.STATUS = '{nameof(RunStatus.Succeeded)}'
                AND s.SOURCE_TABLE = ? AND r.RUN_DATE <= {SqlText.Literal(context.Newest.Day)}
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
