using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>A file to import.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Table">The source it belongs to.</param>
/// <param name="Format">Its format.</param>
/// <param name="Compressed">Whether it is gzipped.</param>
public sealed record SourceFile(string Path, CatalogTable Table, SourceFormat Format, bool Compressed)
{
    /// <summary>The folder that is one file in parts, of which it is one; null where it is a file by itself.</summary>
    public string? Folder { get; init; }

    /// <summary>Its name, without folder where it is no part.</summary>
    public string Name => Folder is null ? System.IO.Path.GetFileName(Path) : $"{Folder}/{System.IO.Path.GetFileName(Path)}";
}
