using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Schema;

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
        Func<TableShape, SqlDialect, IEnumerable<string>> differences) =>
        new(new CheckDefinition($"{table}.{kind}", suite, table.Name, Column: null, fault, threshold, "columns"), table, differences);

    /// <summary>Whether a table is there, and a source has rows.</summary>
    /// <param name="definition">What is known of the check.</param>
    private sealed class PresenceCheck(CheckDefinition definition, CatalogTable table) : Check(definition)
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

    /// <summary>Columns in which a table differs from the catalog.</summary>
    /// <param name="definition">What is known of the check.</param>
    /// <param name="differences">Names the columns that differ.</param>
    private sealed class SchemaCheck(
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
}
