using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>A condition that each row of a table must meet by itself.</summary>
/// <param name="definition">What is known of the check.</param>
/// <param name="broken">SQL that is true for a row that does not meet it, and else false or NULL.</param>
/// <param name="relation">A subquery to look at in place of the table, where a row is to be seen beside others; it has the table's
/// key.</param>
internal sealed class RowCheck(CheckDefinition definition, CatalogTable table, string broken, string? relation = null) : Check(definition)
{
    public override IEnumerable<Measure> Measures(CheckContext context) => [context.RowsOf(table.Name), Broken(context)];

    public override Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var rows = $"{Relation(context)} AS r WHERE {broken}";
        return Task.FromResult(new Finding
        {
            Violations = context.Count(Broken(context)),
            Total = context.Count(context.RowsOf(table.Name)),
            Rows = $"SELECT * FROM {rows}",
            SampleFormat = RowSample.Format(table, rows),
        });
    }

    private Measure Broken(CheckContext context) => Measure.RowsWith(Relation(context), broken);

    private string Relation(CheckContext context) => relation ?? context.Locate(table.Name);
}
