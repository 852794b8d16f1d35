namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>What the design's table of sources says about one source.</summary>
/// <param name="table">With its schema.</param>
/// <param name="rows">Gets the rows of this source.</param>
/// <param name="withRows">Gives the sources other rows of this one.</param>
public sealed class SourceDefinition<TRow>(
    string table,
    Func<SourceData, IReadOnlyList<TRow>?> rows,
    Func<SourceData, IReadOnlyList<TRow>?, SourceData> withRows) : ISourceDefinition
    where TRow : class
{
    private readonly List<SourceColumn<TRow>> columns = [];
    private SourceColumn<TRow>[] keyColumns = [];
    private SourceColumn<TRow>[] rankColumns = [];
    private SourceColumn<TRow>? eventColumn;
    private SourceColumn<TRow>? refusalColumn;
    private SourceColumn<TRow>? countingColumn;
    private Func<TRow, bool> isInRange = _ => true;

    public string Table { get; } = table;

    public IReadOnlyList<SourceColumn<TRow>> Columns => columns;

    public IReadOnlyList<string> ColumnNames => [.. columns.Select(column => column.Name)];

    public string? EventColumnName => eventColumn?.Name;

    /// <summary>The user a row belongs to; null for sources whose rows belong to none.</summary>
    public Func<TRow, long?>? Owner { get; private set; }

    public SourceDefinition<TRow> Key(string name, Func<TRow, object?> cell) => Add(new(name, true, true, cell, null));

    public SourceDefinition<TRow> Required(string name, Func<TRow, object?> cell, CellCheck? check = null) =>
        Add(new(name, false, true, cell, check));

    public SourceDefinition<TRow> Optional(string name, Func<TRow, object?> cell, CellCheck? check = null) =>
        Add(new(name, false, false, cell, check));

    /// <summary>
    /// The column that picks winners and, unless <see cref="CountedBy"/> or <see cref="AlwaysCounted"/> says otherwise, decides whether a
    /// row counts.
    /// </summary>
    public SourceDefinition<TRow> EventTime(string name)
    {
        eventColumn = countingColumn = Column(name);
        rankColumns = RankColumns();
        return this;
    }

    /// <summary>
    /// The column of which, of rows that are as new as each other, the smaller value wins before any other column is looked at.
    /// </summary>
    public SourceDefinition<TRow> SmallerWins(string name)
    {
        refusalColumn = Column(name);
        rankColumns = RankColumns();
        return this;
    }

    public SourceDefinition<TRow> CountedBy(string name)
    {
        countingColumn = Column(name);
        return this;
    }

    public SourceDefinition<TRow> AlwaysCounted()
    {
        countingColumn = null;
        return this;
    }

    public SourceDefinition<TRow> OwnedBy(Func<TRow, long?> owner)
    {
        Owner = owner;
        return this;
    }

    public SourceDefinition<TRow> InRange(Func<TRow, bool> condition)
    {
        isInRange = condition;
        return this;
    }

    public IReadOnlyList<TRow>? Rows(SourceData sources) => rows(sources);

    public IEnumerable<object?[]>? Cells(SourceData sources) =>
        rows(sources)?.Select(row => columns.Select(column => column.Cell(row)).ToArray());

    public SourceData Pick(SourceData sources, IEnumerable<int> positions) =>
        rows(sources) is { } all ? withRows(sources, [.. positions.Select(position => all[position])]) : sources;

    public SourceData Remove(SourceData sources) => withRows(sources, null);

    /// <summary>A row without a time counts: it is rejected, not passed over.</summary>
    public bool Counts(TRow row, RunDay day) => countingColumn?.Cell(row) switch
    {
        DateTime time => day.HasSeen(time),
        DateOnly date => day.HasSeen(date),
        _ => true,
    };

    /// <summary>The first rule that the row breaks by itself, or null.</summary>
    public string? BrokenRule(TRow row)
    {
        if (columns.Exists(column => column.IsKey && column.Cell(row) is null))
            return RejectionRule.NullKey;
        if (columns.Exists(column => column.IsRequired && column.Cell(row) is null))
            return RejectionRule.NotNull;
        if (columns.Exists(column => column.Breaks(RejectionRule.AcceptedValues, row)))
            return RejectionRule.AcceptedValues;
        if (columns.Exists(column => column.Breaks(RejectionRule.Range, row)) || !isInRange(row))
            return RejectionRule.Range;
        return null;
    }

    public RowKey KeyOf(TRow row) => new(keyColumns[0].Cell(row), keyColumns.ElementAtOrDefault(1)?.Cell(row));

    public string KeyText(TRow row) => RowKey.Text(keyColumns.Select(column => column.Cell(row)));

    /// <summary>Positive if the first row wins over the second row of the same key.</summary>
    public int Rank(TRow first, TRow second) => rankColumns
        .Select(column => column == refusalColumn
            ? CellComparer.Instance.Compare(column.Cell(second), column.Cell(first))
            : CellComparer.Instance.Compare(column.Cell(first), column.Cell(second)))
        .FirstOrDefault(order => order != 0);

    private SourceDefinition<TRow> Add(SourceColumn<TRow> column)
    {
        columns.Add(column);
        keyColumns = [.. columns.Where(other => other.IsKey)];
        rankColumns = RankColumns();
        return this;
    }

    private SourceColumn<TRow>[] RankColumns()
    {
        var others = columns.Where(column => !column.IsKey && column != eventColumn && column != refusalColumn);
        return [.. new[] { eventColumn, refusalColumn }.OfType<SourceColumn<TRow>>(), .. others];
    }

    private SourceColumn<TRow> Column(string name) => columns.Single(column => column.Name == name);
}
