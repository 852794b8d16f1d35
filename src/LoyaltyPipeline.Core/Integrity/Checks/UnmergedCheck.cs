using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>
/// Whether the rows of a source that count for the newest written day are those that its merge has used or put in quarantine. Where they
/// are not, the source has changed since, and Master does not know it.
/// </summary>
/// <param name="definition">What is known of the check.</param>
internal sealed class UnmergedCheck(CheckDefinition definition, CatalogTable source) : Check(definition)
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
            Violations = Math.Abs(rows - used - quarantined),
            Total = Math.Max(rows, used + quarantined),
            Message = $"{rows} rows count for {merge.Day:yyyy-MM-dd}; its merge used {used} and put {quarantined} in quarantine",
        };
    }

    private Measure Counted(CheckContext context) => source.CountedBy is { } time
        ? Measure.RowsWith(context.Locate(source.Name), $"{time.Name} IS NULL OR {time.Name} < {context.Newest!.End}")
        : context.RowsOf(source.Name);
}
