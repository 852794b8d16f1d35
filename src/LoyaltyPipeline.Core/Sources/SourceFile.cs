using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>A file to import.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Table">The source it belongs to.</param>
/// <param name="Format">Its format.</param>
/// <param name="Compressed">Whether it is gzipped.</param>
public sealed record SourceFile(string Path, CatalogTable Table, SourceFormat Format, bool Compressed)
{
    /// <summary>Its name without folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}
