using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>How many days the newest row of a source lies before the newest written day. Rows of later days do not count.</summary>
/// <param name="definition">What is known of the check.</param>
internal sealed class FreshnessCheck(CheckDefinition definition, CatalogTable source) : Check(definition)
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
