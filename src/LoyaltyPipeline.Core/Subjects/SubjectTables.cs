using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>The tables that have rows of users, as the catalog says it.</summary>
/// <param name="Held">Tables of the warehouse, sources and its own, each with its columns that say whose a row is.</param>
/// <param name="Elsewhere">Sources that this warehouse does not keep, where it changes nothing.</param>
internal sealed record SubjectTables(
    IReadOnlyList<(CatalogTable Table, IReadOnlyList<string> Columns)> Held, IReadOnlyList<CatalogTable> Elsewhere)
{
    /// <summary>Finds them.</summary>
    /// <param name="existing">The tables that there are.</param>
    /// <param name="views">The names of the views that there are.</param>
    public static SubjectTables Find(
        PipelineDefinition pipeline, IReadOnlyDictionary<string, TableShape> existing, IEnumerable<string> views)
    {
        var ofUsers = pipeline.Catalog.Tables.Where(table => table.Kind != TableKind.View && table.UserColumns.Count > 0).ToList();
        var lookups = views.ToHashSet(StringComparer.Ordinal);
        var elsewhere = ofUsers.Where(
            table => table.Kind == TableKind.Source
                && (pipeline.Config.Sources.ContainsKey(table.Name.Schema) || lookups.Contains(table.Name.ToString()))).ToList();
        return new SubjectTables(
            [.. ofUsers.Except(elsewhere).Select(table => (table, ColumnsOf(table, existing))).Where(entry => entry.Item2.Count > 0)],
            elsewhere);
    }

    private static IReadOnlyList<string> ColumnsOf(CatalogTable table, IReadOnlyDictionary<string, TableShape> existing) =>
        existing.TryGetValue(table.Name.ToString(), out var shape)
            ? [.. table.UserColumns.Select(column => column.Name).Where(shape.Columns.ContainsKey)]
            : [];
}
