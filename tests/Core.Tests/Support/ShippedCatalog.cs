using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>The catalog that the module ships.</summary>
internal static class ShippedCatalog
{
    public static string Path { get; } = System.IO.Path.Combine(Repository.SqlFolder, "catalog.yml");

    public static LoyaltyCatalog Catalog { get; } = CatalogReader.Read(Path);
}
