using System.Reflection;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>What the design's table of sources says about one source, for its rows: records whose columns are declared in order.</summary>
public sealed class SourceDefinition<TRow> : ISourceDefinition
    where TRow : class
{
    private static readonly PropertyInfo Property = typeof(SourceData).GetProperties()
        .Single(property => property.PropertyType == typeof(IReadOnlyList<TRow>));

    private static readonly ConstructorInfo Constructor = typeof(TRow).GetConstructors().Single();

    private readonly SourceColumn[] keyColumns;
    private readonly SourceColumn[] rankColumns;
    private readonly Dictionary<SourceColumn, Func<TRow, object?>> cells;

    public SourceDefinition(SourceTable declared)
    {
        Declared = declared;
        RequireSameColumns();
        cells = new(
            Columns.Select(column => KeyValuePair.Create(column, RowCells.Getter<TRow>(column.Name))), ReferenceEqualityComparer.Instance);
        keyColumns = [.. Columns.Where(column => column.IsKey)];
        rankColumns =
        [
            .. Columns.Where(column => !column.IsKey)
                .OrderByDescending(column => column == declared.EventTime)
                .ThenByDescending(column => column.SmallerWins),
        ];
    }

    public SourceTable Declared { get; }

    public string Table => Declared.Name;

    public IReadOnlyList<SourceColumn> Columns => Declared.Columns;

    public TRow Create(IEnumerable<object?> cells) => (TRow)Constructor.Invoke([.. cells]);

    public IReadOnlyList<TRow>? Rows(SourceData sources) => (IReadOnlyList<TRow>?)Property.GetValue(sources);

    public object? Cell(TRow row, SourceColumn column) => cells[column](row);

    public IEnumerable<object?[]>? Cells(SourceData sources) => Rows(sources)?.Select(Cells);

    public SourceData With(SourceData sources, IEnumerable<object?[]>? rows)
    {
        var copy = sources with { };
        Property.SetValue(copy, rows?.Select(Create).ToList());
        return copy;
    }

    public IEnumerable<(object?[] First, object?[] Second)> Rivals(SourceData sources, RunDay day) => (Rows(sources) ?? [])
        .Where(row => Counts(row, day) && BrokenRule(row) is null)
        .GroupBy(KeyOf)
        .SelectMany(rows => rows.Zip(rows.Skip(1), (first, second) => (Cells(first), Cells(second))));

    /// <summary>The user a row belongs to; null for sources whose rows belong to none.</summary>
    public long? Owner(TRow row) => Declared.Owner is { } owner ? (long?)Cell(row, owner) : null;

    /// <summary>A row without a time counts: it is rejected, not passed over.</summary>
    public bool Counts(TRow row, RunDay day) => Declared.CountedBy is not { } column || Cell(row, column) switch
    {
        DateTime time => day.HasSeen(time),
        DateOnly date => day.HasSeen(date),
        _ => true,
    };

    /// <summary>The first rule that the row breaks by itself, or null.</summary>
    public string? BrokenRule(TRow row)
    {
        if (keyColumns.Any(column => Cell(row, column) is null))
            return RejectionRule.NullKey;
        if (Columns.Any(column => !column.IsNullable && Cell(row, column) is null))
            return RejectionRule.NotNull;
        if (Columns.Any(column => Cell(row, column) is { } cell && !column.Accepts(cell)))
            return RejectionRule.AcceptedValues;
        if (Columns.Any(column => Cell(row, column) is { } cell && !(column.HasInRange(cell) && Reaches(row, column, cell))))
            return RejectionRule.Range;
        return null;
    }

    public RowKey KeyOf(TRow row) => new(
        Cell(row, keyColumns[0]), keyColumns.Length > 1 ? Cell(row, keyColumns[1]) : null);

    public string KeyText(TRow row) => RowKey.Text(keyColumns.Select(column => Cell(row, column)));

    /// <summary>Positive if the first row wins over the second row of the same key.</summary>
    public int Rank(TRow first, TRow second) => rankColumns
        .Select(column => column.SmallerWins
            ? CellComparer.Instance.Compare(Cell(second, column), Cell(first, column))
            : CellComparer.Instance.Compare(Cell(first, column), Cell(second, column)))
        .FirstOrDefault(order => order != 0);

    public object?[] Cells(TRow row) => [.. Columns.Select(column => Cell(row, column))];

    private bool Reaches(TRow row, SourceColumn column, object cell) =>
        column.NotBelow is not { } other
            || Cell(row, Columns.Single(candidate => candidate.Name == other)) is not { } least
            || CellComparer.Instance.Compare(cell, least) >= 0;

    private void RequireSameColumns()
    {
        var declared = Columns.Select(column => $"{RowCells.PropertyName(column.Name)} {column.CellType}");
        var parameters = Constructor.GetParameters().Select(parameter => $"{parameter.Name} {parameter.ParameterType}").ToList();
        if (!parameters.SequenceEqual(declared, StringComparer.Ordinal))
            throw new InvalidOperationException(
                $"{typeof(TRow).Name} has {string.Join(", ", parameters)} where {Table} declares {string.Join(", ", declared)}.");
    }
}
