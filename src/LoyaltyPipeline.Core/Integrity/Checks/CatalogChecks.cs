using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>The checks that the catalog's declaration of a table implies.</summary>
internal static class CatalogChecks
{
    private static readonly CheckThreshold OfSources = new(RowLimit.None, new RowLimit(5, IsPercent: true));

    // A reference that a merge does not insist on leaves a row with less said of it, and is often late rather than wrong.
    private static readonly CheckThreshold OfLooseReferences = new(new RowLimit(1, IsPercent: true), new RowLimit(5, IsPercent: true));

    /// <summary>The checks of a table.</summary>
    /// <param name="table">The table; no view.</param>
    /// <param name="suite">The suite they belong to.</param>
    public static IEnumerable<Check> Of(CatalogTable table, CheckSuite suite) =>
    [
        .. SchemaChecks.Of(table, suite),
        .. RowRules.ByColumn(table)
            .Select(rule => new RowCheck(Define(table, suite, rule.Kind, rule.Column, rule.Fault), table, rule.Broken)),
        .. RowRules.UnsayableTime(table) is { } unsayable
            ? new Check[] { new RowCheck(
                Define(table, suite, "times", column: null, "a time lies outside the years 1 to 9999"), table, unsayable) }
            : [],
        .. table.Key.Count == 0
            ? []
            : new Check[] { new UniqueCheck(
                Define(
                    table, suite, "unique", column: null,
                    "the key occurs more than once") with { Column = SqlText.List(table.Key.Select(column => column.Name)) }, table,
                    table.Key) },
        .. table.Columns.Where(column => column.References is not null).Select(column =>
            new ReferenceCheck(Reference(table, suite, column), table, column)),
    ];

    private static CheckDefinition Reference(CatalogTable table, CheckSuite suite, CatalogColumn column)
    {
        var definition = Define(table, suite, "references", column.Name, $"{column.Name} is not in {column.References!.Value.Table}");
        return table.Kind == TableKind.Source && !column.RejectOrphans ? definition with { Threshold = OfLooseReferences } : definition;
    }

    // What departments deliver is judged row by row when it is merged; a few bad rows there are in quarantine and do no harm.
    private static CheckDefinition Define(CatalogTable table, CheckSuite suite, string kind, string? column, string fault) =>
        new(
            $"{table}.{(column is null ? string.Empty : $"{column}.")}{kind}", suite, table.Name, column, fault,
            table.Kind == TableKind.Source ? OfSources : CheckThreshold.FailsOnAny);
}
