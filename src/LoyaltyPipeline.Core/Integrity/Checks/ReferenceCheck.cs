using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>A column whose values must exist in another; NULL refers to nothing and is all right.</summary>
/// <param name="definition">What is known of the check.</param>
/// <param name="table">The table that refers.</param>
internal sealed class ReferenceCheck(CheckDefinition definition, CatalogTable table, CatalogColumn column) : Check(definition)
{
    private ColumnReference Reference => column.References!.Value;

    public override IEnumerable<TableNeed> Needs => [.. base.Needs, new TableNeed(Reference.Table, [Reference.Column])];

    public override IEnumerable<Measure> Measures(CheckContext context) => [Named(context)];

    public override ReferenceProbe Probe(CheckContext context) =>
        new(context.Locate(table.Name), column.Name, context.Locate(Reference.Table), Reference.Column);

    public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var probe = Probe(context);
        var orphans = $"""
            {probe.Relation} AS a
            WHERE {column.Name} IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM {probe.Target} AS t WHERE t.{probe.TargetColumn} = a.{column.Name})
            """;
        var named = context.Count(Named(context));
        var violations = context.TryMatches(probe, out var matches)
            ? named - matches
            : await context.Session.CountAsync($"SELECT COUNT(*) FROM {orphans}", cancellationToken);
        return new Finding
        {
            Violations = violations,
            Total = named,
            Rows = $"SELECT * FROM {orphans}",
            SampleFormat = RowSample.Format(table, orphans),
        };
    }

    private Measure Named(CheckContext context) => new(context.Locate(table.Name), $"COUNT({column.Name})");
}
