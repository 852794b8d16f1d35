using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.SyntheticData.Cells;
using LoyaltyPipeline.Core.SyntheticData.Tables;

namespace LoyaltyPipeline.Core.SyntheticData.Declared;

/// <summary>Values that a column may have by what the catalog says of it.</summary>
internal sealed class ColumnValues
{
    private const int Texts = 20;
    private const int Numbers = 100;
    private const int Days = 30;

    private readonly CatalogColumn column;
    private readonly int users;
    private readonly IReadOnlyList<Cell> choices;
    private readonly NumberRange? numbers;

    public ColumnValues(CatalogColumn column, ReferencedValues references)
    {
        this.column = column;
        users = references.Users;
        numbers = column.Type.IsNumeric ? NumberRange.Of(column) : null;
        choices = column.Accepted.Count > 0 ? [.. column.Accepted.Order(StringComparer.Ordinal).Select(Cell.Of)]
            : column.Type.DataType == DataType.Boolean ? [Cell.Of(value: false), Cell.Of(value: true)]
            : column.References is { } reference && reference != LoyaltyCatalog.User ? references.Of(reference)
            : [];
    }

    /// <summary>How many there are; null where there is always another.</summary>
    public int? Count => choices.Count > 0 ? choices.Count : null;

    /// <summary>One that is another for each index, if there are so many, and the larger the larger that is.</summary>
    public Cell At(long index, long second) => choices.Count > 0 ? choices[(int)(index % choices.Count)]
        : column.Type.IsTime ? Time(second)
        : numbers is null ? Text($"{index + 1:0000000}")
        : Cell.Of(column.Type, numbers.At(index));

    public Cell Pick(ref SyntheticRandom random, long second)
    {
        if (choices.Count > 0)
            return choices[random.Next(choices.Count)];
        if (column.Type.IsTime)
            return Time(second);
        if (column.References == LoyaltyCatalog.User)
            return Cell.Of(column.Type, random.Between(1, users));
        return numbers is null ? PickText(ref random) : Cell.Of(column.Type, numbers.Pick(ref random, Numbers));
    }

    /// <summary>One that is not below another, and with some room between them where there is any.</summary>
    public Cell Reach(Cell other, ref SyntheticRandom random, long second)
    {
        if (other.Kind == CellKind.Null)
            return Pick(ref random, second);
        if (other.Second is { } start)
            return Time(start + (random.Between(1, Days) * SyntheticTime.SecondsPerDay));
        return numbers is null
            ? other
            : Cell.Of(column.Type, Math.Min(numbers.Highest, other.Value + 1 + (random.Next(Numbers) * numbers.Step)));
    }

    private Cell Time(long second) => column.Type.DataType == DataType.Date
        ? Cell.Of(SyntheticTime.ToDate(SyntheticTime.DayOf(second)))
        : Cell.Of(SyntheticTime.ToTimestamp(second));

    private Cell PickText(ref SyntheticRandom random) => column.PersonalData switch
    {
        PersonalData.Name => Cell.Of(SyntheticPerson.Pick(ref random).FullName),
        PersonalData.Email => Cell.Of(SyntheticPerson.Pick(ref random).Email(random.Between(1, users))),
        PersonalData.Phone => Cell.Of(SyntheticPerson.PickPhone(ref random)),
        _ => Text($"{random.Between(1, Texts):00}"),
    };

    private Cell Text(FormattableString number) => Cell.Of(
        $"{column.Name.ToLowerInvariant().Replace('_', '-')}-{number.ToString(CultureInfo.InvariantCulture)}");
}
