using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>
/// Columns that together must have other values in each row. What counts as violations are the rows beyond the first of each; rows in which
/// one of the columns is NULL do not count.
/// </summary>
/// <param name="definition">What is known of the check.</param>
internal sealed class UniqueCheck(CheckDefinition definition, CatalogTable table, IReadOnlyList<CatalogColumn> columns) : Check(definition)
{
    // Where much is wrong, that shows in the first rows.
    private const int FirstRows = 100_000;

    private string Names => SqlText.List(columns.Select(column => column.Name));

    public override IEnumerable<Measure> Measures(CheckContext context) => [context.RowsOf(table.Name)];

    public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var isComplete = string.Join(" AND ", columns.Select(column => $"{column.Name} IS NOT NULL"));
        var relation = $"(SELECT {Names} FROM {context.Locate(table.Name)} WHERE {isComplete})";
        var violations = await KeyUniqueness.CountDuplicatesAsync(context.Session, relation, columns, cancellationToken);
        var rivals = $"{context.Locate(table.Name)} QUALIFY COUNT(*) OVER (PARTITION BY {Names}) > 1";
        return new Finding
        {
            Violations = violations,
            Total = context.Count(context.RowsOf(table.Name)),
            Rows = $"SELECT * FROM {rivals}",
            QuickSampleFormat = Sample($"(SELECT * FROM {relation} AS f LIMIT {FirstRows})"),
            SampleFormat = Sample(relation),
        };
    }

    private string Sample(string relation) =>
        RowSample.Format(columns, $"(SELECT {Names} FROM {relation} AS r GROUP BY {Names} HAVING COUNT(*) > 1) AS d");
}
