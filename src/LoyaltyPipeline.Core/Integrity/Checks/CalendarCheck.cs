using LoyaltyPipeline.Core.History;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Whether each day of the last weeks was written, but for those that may be missing.</summary>
/// <param name="definition">What is known of the check.</param>
internal sealed class CalendarCheck(CheckDefinition definition) : Check(definition)
{
    public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var written = await SnapshotDay.ListAsync(context.Session, cancellationToken);
        if (written.Count == 0)
            return Finding.Skip(NewestMerge.None);
        var calendar = context.Pipeline.Config.Integrity.Calendar;
        var first = Math.Max(written[0].DayNumber, written[^1].DayNumber - calendar.Days + 1);
        var expected = Enumerable.Range(first, written[^1].DayNumber - first + 1).Select(DateOnly.FromDayNumber).Where(calendar.IsExpected)
            .ToList();
        var missing = expected.Except(written).ToList();
        return new Finding
        {
            Violations = missing.Count,
            Total = expected.Count,
            Sample = [.. missing.Select(day => $"{day:yyyy-MM-dd}")],
        };
    }
}
