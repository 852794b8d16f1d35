using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>How the rows of a file are read in DuckDB's SQL.</summary>
internal sealed record FileScan
{
    public required SourceFile File { get; init; }

    /// <summary>Where it lies, as SQL; it may have been unpacked or sorted.</summary>
    public required string Place { get; init; }

    /// <summary>A table function over a place, or over a list of places.</summary>
    public required Func<string, string> Read { get; init; }

    /// <summary>A table function over the file.</summary>
    public string Relation => Read(Place);

    /// <summary>SQL for the line or number of a row in the file; null where only <see cref="Sort"/> can tell.</summary>
    public string? RecordNumber { get; init; }

    /// <summary>By name of the catalog's column, the text of its cell; a column the file lacks is not in it.</summary>
    public required IReadOnlyDictionary<string, string> Cells { get; init; }

    /// <summary>Columns of the catalog whose cells have the declared type already.</summary>
    public IReadOnlySet<string> TypedColumns { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// By name of the catalog's column, SQL that is true where a cell holds a structure, which is no value of any type; none where that
    /// cannot be.
    /// </summary>
    public IReadOnlyDictionary<string, string> Structures { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// By name of the catalog's column, SQL that is true where a cell is NaN or infinite, which is no value of any type; none where that
    /// cannot be, or is no text.
    /// </summary>
    public IReadOnlyDictionary<string, string> NoNumbers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// By name of the catalog's column, SQL that is true where a cell is a float that has not kept all digits of a whole number; none where
    /// that cannot be.
    /// </summary>
    public IReadOnlyDictionary<string, string> Inexact { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether numbers stand in the file as somebody spelled them, so that each makes a text.</summary>
    public bool SpellsNumbers { get; init; } = true;

    /// <summary>What a row that is none is, with SQL that is true for it; empty where there is no such row.</summary>
    public IReadOnlyList<(string Condition, string Fault)> Malformed { get; init; } = [];

    /// <summary>
    /// Reads the file once more, carefully, to tell readable from unreadable records and to learn their lines; null where that is done or
    /// not needed.
    /// </summary>
    public Func<CancellationToken, FileScan>? Sort { get; init; }

    /// <summary>Whether the engine would misunderstand the file as it is.</summary>
    public bool MustSort { get; init; }

    /// <summary>Records that cannot be read and do not come with the relation; null where there are none.</summary>
    public SortedRecords? Unreadable { get; init; }

    /// <summary>SQL that is true for a row which seems to have swallowed others; null where that cannot be.</summary>
    public string? Swallowed { get; init; }

    /// <summary>What a row's number counts: line or row.</summary>
    public required string PositionName { get; init; }

    /// <summary>SQL for the typed value of a column; NULL where the file lacks it or the cell is no such value.</summary>
    public string Value(CatalogColumn column)
    {
        if (!Cells.TryGetValue(column.Name, out var cell))
            return $"CAST(NULL AS {column.Type})";
        if (TypedColumns.Contains(column.Name))
            return ValueConversion.FromTyped(column.Type, cell);
        var value = ValueConversion.FromText(column.Type, cell);
        // What is of another type than text is none by what it looks like.
        List<string?> never = column.Type.DataType == DataType.Varchar
            ? [Structures.GetValueOrDefault(column.Name), NoNumbers.GetValueOrDefault(column.Name), InexactOf(column)]
            : [InexactOf(column)];
        var isNone = string.Join(" OR ", never.OfType<string>());
        return isNone.Length > 0 ? $"CASE WHEN NOT ({isNone}) THEN {value} END" : value;
    }

    /// <summary>
    /// SQL for why a cell is no value of its column. It does not repeat the value: in a shifted row it may be anything, a name or an
    /// address too.
    /// </summary>
    public string Fault(CatalogColumn column)
    {
        var cell = Cells[column.Name];
        var fault = $"column {column.Name}: the value is no {column.Type}";
        var said = TypedColumns.Contains(column.Name)
            ? $"'{fault}: it is outside the years 1 to 9999'"
            : $"'{fault}' || {ValueConversion.WhyNot(column.Type, cell)}";
        List<string> cases = [];
        if (Structures.TryGetValue(column.Name, out var isStructure))
            cases.Add($"WHEN {isStructure} THEN '{fault} but a structure'");
        if (NoNumbers.TryGetValue(column.Name, out var isNoNumber))
            cases.Add($"WHEN {isNoNumber} THEN '{fault}: it is written as no text, but as NaN or infinity'");
        if (InexactOf(column) is { } isInexact)
            cases.Add($"WHEN {isInexact} THEN '{fault}: it was stored as a float, and digits of it are lost'");
        return cases.Count == 0 ? said : $"CASE {string.Join(' ', cases)} ELSE {said} END";
    }

    /// <summary>Whether a cell of a column can fail to be a value of its type.</summary>
    public bool CanFail(CatalogColumn column) =>
        Cells.TryGetValue(column.Name, out var cell) && Value(column) != cell;

    // Decimals and days are what they are with the digits that there are.
    private string? InexactOf(CatalogColumn column) =>
        column.Type.IsWhole || (column.Type.DataType == DataType.Varchar && !SpellsNumbers) ? Inexact.GetValueOrDefault(column.Name) : null;
}
