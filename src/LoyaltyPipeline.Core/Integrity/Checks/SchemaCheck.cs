using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Columns in which a table differs from the catalog.</summary>
/// <param name="definition">What is known of the check.</param>
/// <param name="differences">Names the columns that differ.</param>
internal sealed class SchemaCheck(
    CheckDefinition definition, CatalogTable table, Func<TableShape, SqlDialect, IEnumerable<string>> differences) : Check(definition)
{
    public override Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        List<string> found = [.. differences(context.ShapeOf(table.Name)!, context.Session.Dialect)];
        return Task.FromResult(new Finding
        {
            Violations = found.Count,
            Total = table.Columns.Count,
            Sample = found,
        });
    }
}
