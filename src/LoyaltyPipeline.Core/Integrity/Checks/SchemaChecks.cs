using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Whether a table is there and has just the columns that the catalog declares, with their types.</summary>
internal static class SchemaChecks
{
    /// <summary>The checks of a table.</summary>
    public static IEnumerable<Check> Of(CatalogTable table, CheckSuite suite)
    {
        var isOptional = table is { Kind: TableKind.Source, Required: false };
        yield return new PresenceCheck(
            new CheckDefinition(
                $"{table}.present", suite, table.Name, Column: null, table.Kind == TableKind.Source ? "is missing or empty" : "is missing",
                isOptional ? CheckThreshold.WarnsOnAny : CheckThreshold.FailsOnAny, "tables"),
            table);
        yield return Drift(table, suite, "missing_columns", CheckThreshold.FailsOnAny, "are declared but not there", (shape, _) =>
            table.Columns.Where(column => !shape.Columns.ContainsKey(column.Name)).Select(column => column.Name));
        yield return Drift(table, suite, "extra_columns", CheckThreshold.WarnsOnAny, "are there but not declared", (shape, _) =>
            shape.Columns.Keys.Where(name => table.FindColumn(name) is null).Order(StringComparer.Ordinal));
        yield return Drift(table, suite, "column_types", CheckThreshold.FailsOnAny, "have another type than declared", (shape, dialect) =>
            table.Columns.Where(column => shape.Columns.TryGetValue(column.Name, out var type) && !dialect.Holds(column.Type, type))
                .Select(column => $"{column.Name} {shape.Columns[column.Name]} instead of {dialect.StoredTypeName(column.Type)}"));
    }

    private static SchemaCheck Drift(
        CatalogTable table, CheckSuite suite, string kind, CheckThreshold threshold, string fault,
        Func<Schema.TableShape, SqlDialect, IEnumerable<string>> differences) =>
        new(new CheckDefinition($"{table}.{kind}", suite, table.Name, Column: null, fault, threshold, "columns"), table, differences);
}
