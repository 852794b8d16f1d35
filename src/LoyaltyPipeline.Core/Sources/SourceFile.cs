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

    /// <summary>Whether its columns are those that it names itself, of texts, instead of those of a table of the catalog.</summary>
    internal bool HasOwnColumns { get; init; }

    /// <summary>Its name, without folder where it is no part.</summary>
    public string Name => Folder is null ? System.IO.Path.GetFileName(Path) : $"{Folder}/{System.IO.Path.GetFileName(Path)}";

    /// <summary>A file that is read by its own columns, whatever tables there are.</summary>
    internal static SourceFile OfOwnColumns(string path, SourceFormat format, bool compressed) =>
        new(
            path,
            new CatalogTable
            {
                Name = new TableName("FILE", System.IO.Path.GetFileName(path)),
                Kind = TableKind.Source,
                Description = string.Empty,
                Columns = [],
            }, format, compressed)
        {
            HasOwnColumns = true,
        };

    /// <summary>The file with the columns that it names, where those count; each once, in whatever case, and none without a name.</summary>
    internal SourceFile Naming(IEnumerable<string> columns) => !HasOwnColumns ? this : this with
    {
        Table = Table with
        {
            Columns = [.. columns.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(
                    name => new CatalogColumn
                    {
                        Name = name,
                        Type = new ColumnType(DataType.Varchar),
                        Description = string.Empty,
                        Nullable = true,
                    })],
        },
    };
}
