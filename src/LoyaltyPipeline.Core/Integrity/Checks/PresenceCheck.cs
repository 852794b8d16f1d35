using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Whether a table is there, and a source has rows.</summary>
/// <param name="definition">What is known of the check.</param>
internal sealed class PresenceCheck(CheckDefinition definition, CatalogTable table) : Check(definition)
{
    public override IEnumerable<TableNeed> Needs => [];

    public override IEnumerable<Measure> Measures(CheckContext context) =>
        context.ShapeOf(table.Name) is null || context.WhyUnreadable(table.Name) is not null ? [] : [context.RowsOf(table.Name)];

    public override Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        if (context.WhyUnreadable(table.Name) is { } failure)
            throw failure;
        var isMissing = context.ShapeOf(table.Name) is null;
        var isEmpty = !isMissing && table.Kind == TableKind.Source && context.Count(context.RowsOf(table.Name)) == 0;
        var consequence = table.Kind == TableKind.Source
            ? $": nothing is known for {SqlText.List(context.Catalog.MasterColumnsFrom(table))}"
            : string.Empty;
        return Task.FromResult(new Finding
        {
            Violations = isMissing || isEmpty ? 1 : 0,
            Total = 1,
            Message = isMissing
                ? $"{table} does not exist{consequence}"
                : isEmpty ? $"{table} has no row{consequence}" : $"{table} is there",
        });
    }
}
