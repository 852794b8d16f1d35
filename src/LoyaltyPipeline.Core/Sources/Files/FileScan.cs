using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>How the rows of a file are read in DuckDB's SQL.</summary>
internal sealed record FileScan
{
    /// <summary>The file.</summary>
    public required SourceFile File { get; init; }

    /// <summary>A table function over the file.</summary>
    public required string Relation { get; init; }

    /// <summary>The same, with each column read as its <see cref="ValueConversion.QuickType"/>; it fails at the first cell that cannot be. Null where there is no such way.</summary>
    public string? QuickRelation { get; init; }

    /// <summary>SQL for the line or number of a row in the file; null where only <see cref="Sort"/> can tell.</summary>
    public string? RecordNumber { get; init; }

    /// <summary>By name of the catalog's column, the text of its cell; a column the file lacks is not in it.</summary>
    public required IReadOnlyDictionary<string, string> Cells { get; init; }

    /// <summary>Columns of the catalog whose cells have the declared type already.</summary>
    public IReadOnlySet<string> TypedColumns { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>By name of the catalog's column, SQL that is true where a cell holds a structure, which is no value of any type; none where that cannot be.</summary>
    public IReadOnlyDictionary<string, string> Structures { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>SQL that is true for a row that is none; null where there is no such row.</summary>
    public string? Malformed { get; init; }

    /// <summary>The table in which the engine keeps rows that it could not take apart; null where it has none.</summary>
    public string? RejectsTable { get; init; }

    /// <summary>Reads the file once more, carefully, to tell readable from unreadable records and to learn their lines; null where that is done or not needed.</summary>
    public Func<CancellationToken, FileScan>? Sort { get; init; }

    /// <summary>Whether the engine would misunderstand the file as it is.</summary>
    public bool MustSort { get; init; }

    /// <summary>Records that cannot be read and do not come with the relation; null where there are none.</summary>
    public SortedRecords? Unreadable { get; init; }

    /// <summary>What a row's number counts: line or row.</summary>
    public required string PositionName { get; init; }

    /// <summary>SQL for the typed value of a column; NULL where the file lacks it or the cell is no such value.</summary>
    /// <param name="column">The column.</param>
    public string Value(CatalogColumn column) => !Cells.TryGetValue(column.Name, out var cell) ? $"CAST(NULL AS {column.Type})"
        : TypedColumns.Contains(column.Name) ? ValueConversion.FromTyped(column.Type, cell)
        : column.Type.DataType == DataType.Varchar && Structures.TryGetValue(column.Name, out var isStructure) ? $"CASE WHEN NOT {isStructure} THEN {cell} END"
        : ValueConversion.FromText(column.Type, cell);

    /// <summary>Whether a cell of a column can fail to be a value of its type.</summary>
    /// <param name="column">The column.</param>
    public bool CanFail(CatalogColumn column) =>
        Cells.TryGetValue(column.Name, out var cell) && Value(column) != cell;
}
