using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Parameters;

/// <summary>Finds source tables by the names that users give them.</summary>
internal static class SourceTables
{
    /// <summary>The tables that are named, in the order of the catalog.</summary>
    /// <param name="names">Names and patterns, with or without schema.</param>
    /// <param name="reporter">Hears of each name in full that no source has, as <c>SourceTableUnknown</c>.</param>
    public static IReadOnlyList<CatalogTable> Find(LoyaltyCatalog catalog, string[] names, IRunReporter reporter)
    {
        var match = NameMatch.Of(names, [.. catalog.Sources.SelectMany(source => (string[])[source.Name.ToString(), source.Name.Table])]);
        foreach (var name in match.Missing)
            reporter.NotFound(
                LoyaltyErrors.SourceTableUnknown.Because(
                    $"The catalog has no source table {name}.", name, $"Use one of {string.Join(", ", catalog.Sources)}."));
        return [.. match.Found.Select(name => catalog.FindSource(name)!).Distinct()];
    }
}
