using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>How the rows of a file are read in DuckDB's SQL.</summary>
internal sealed record FileScan
{
    /// <summary>The file.</summary>
    public required SourceFile File { get; init; }

    /// <summary>A table function over the file.</summary>
    public required string Relation { get; init; }

    /// <summary>SQL that numbers the rows of the file that the relation yields, from 1.</summary>
    public required string RecordNumber { get; init; }

    /// <summary>By name of the catalog's column, the text of its cell; a column the file lacks is not in it.</summary>
    public required IReadOnlyDictionary<string, string> Cells { get; init; }

    /// <summary>Columns of the catalog whose cells have the declared type already.</summary>
    public IReadOnlySet<string> TypedColumns { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>SQL that is true for a row that cannot be read at all; null where the reader keeps such rows apart.</summary>
    public string? Malformed { get; init; }

    /// <summary>The table in which the reader keeps rows that it could not take apart; null where it has none.</summary>
    public string? RejectsTable { get; init; }

    /// <summary>The text file to look up line numbers in; null where a row's number is its line or there are no lines.</summary>
    public string? LinesOf { get; init; }

    /// <summary>What separates values in that text file.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>What a row's number counts: line or row.</summary>
    public required string PositionName { get; init; }

    /// <summary>SQL for the typed value of a column; NULL where the file lacks it or the cell is no such value.</summary>
    /// <param name="column">The column.</param>
    public string Value(CatalogColumn column) => !Cells.TryGetValue(column.Name, out var cell) ? $"CAST(NULL AS {column.Type})"
        : TypedColumns.Contains(column.Name) ? cell
        : ValueConversion.FromText(column.Type, cell);

    /// <summary>Whether a cell of a column can fail to be a value of its type.</summary>
    /// <param name="column">The column.</param>
    public bool CanFail(CatalogColumn column) =>
        Cells.ContainsKey(column.Name) && !TypedColumns.Contains(column.Name) && column.Type.DataType != DataType.Varchar;
}
