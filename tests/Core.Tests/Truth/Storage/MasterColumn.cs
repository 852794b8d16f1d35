using System.Reflection;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>A column of Master and the property that holds it.</summary>
public sealed class MasterColumn
{
    private readonly PropertyInfo property;
    private readonly Func<MasterRow, object?> cell;

    private MasterColumn(SourceColumn declared)
    {
        Name = declared.Name;
        cell = RowCells.Getter<MasterRow>(Name);
        property = typeof(MasterRow).GetProperty(RowCells.PropertyName(Name))!;
        if (ValueType != (Nullable.GetUnderlyingType(declared.CellType) ?? declared.CellType))
            throw new InvalidOperationException($"{property.Name} is {property.PropertyType}, not {declared.CellType}.");
    }

    /// <summary>All columns in the order of the design.</summary>
    public static IReadOnlyList<MasterColumn> All { get; } = [.. MasterDefinition.Columns.Select(column => new MasterColumn(column))];

    public string Name { get; }

    private Type ValueType => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    public object? Cell(MasterRow row) => cell(row);

    /// <summary>Gives a row the value; one of another type than the design's fails here.</summary>
    public void Read(object value, MasterRow row)
    {
        if (value.GetType() != ValueType)
            throw new InvalidCastException($"{Name} is {value.GetType().Name}, not {ValueType.Name}.");
        property.SetValue(row, value);
    }
}
