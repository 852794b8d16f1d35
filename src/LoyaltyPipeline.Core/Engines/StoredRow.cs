using System.Data.Common;
using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>
/// The current row of one of the pipeline's own tables. Engines hold no table to what the catalog says of it, and people repair rows by
/// hand: a value that cannot be what it must be is <c>LogRowUnreadable</c>, which names the row and the column.
/// </summary>
internal sealed class StoredRow(DbDataReader reader, StoredTable table)
{
    public string Text(int ordinal) => Read(ordinal, reader.GetString);

    public string? TextOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : Text(ordinal);

    /// <summary>A whole number.</summary>
    public long Whole(int ordinal) => Read(ordinal, reader.LongAt);

    /// <summary>A whole number; null for NULL.</summary>
    public long? WholeOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : Whole(ordinal);

    public decimal Number(int ordinal) => Read(ordinal, at => Convert.ToDecimal(reader.GetValue(at), CultureInfo.InvariantCulture));

    public decimal? NumberOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : Number(ordinal);

    /// <summary>A floating-point number.</summary>
    public double Real(int ordinal) =>
        Read(ordinal, at => reader.GetDouble(at) is var number && double.IsFinite(number) ? number : throw new OverflowException());

    /// <summary>Yes or no.</summary>
    public bool Flag(int ordinal) => Read(ordinal, reader.GetBoolean);

    public DateOnly Day(int ordinal) => Read(ordinal, at => reader.DateAt(at)!.Value);

    public DateOnly? DayOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : Day(ordinal);

    /// <summary>A point in time, of kind UTC.</summary>
    public DateTime Time(int ordinal) => Read(ordinal, at => reader.TimeAt(at)!.Value);

    /// <summary>A point in time, of kind UTC; null for NULL.</summary>
    public DateTime? TimeOrNull(int ordinal) => reader.IsDBNull(ordinal) ? null : Time(ordinal);

    /// <summary>One of the words of an enumeration.</summary>
    public TWord Word<TWord>(int ordinal)
        where TWord : struct, Enum =>
        // Its name alone: Parse takes numbers and lists too.
        Array.IndexOf(Enum.GetNames<TWord>(), Text(ordinal)) is var index and >= 0
            ? Enum.GetValues<TWord>()[index]
            : throw Unreadable($"has a {reader.GetName(ordinal)} that is none of {SqlText.List(Enum.GetNames<TWord>())}");

    private T Read<T>(int ordinal, Func<int, T> read)
    {
        if (reader.IsDBNull(ordinal))
            throw Unreadable($"has no {reader.GetName(ordinal)}");
        try
        {
            return read(ordinal);
        }
        catch (Exception exception)
        {
            throw Unreadable($"has a {reader.GetName(ordinal)} that is no {typeof(T).Name}", exception);
        }
    }

    // What stands in a column that is wrong is not repeated: nobody knows what it is.
    private LoyaltyException Unreadable(string fault, Exception? cause = null) =>
        LoyaltyErrors.LogRowUnreadable.Because($"{Name()} {fault}.", table.Name, cause: cause);

    private string Name()
    {
        var key = Enumerable.Range(0, table.KeyColumns).Select(column => $"{reader.GetName(column)} {Say(column)}");
        return table.KeyColumns == 0 ? $"A row of {table.Name}" : $"The row of {table.Name} with {SqlText.List(key)}";
    }

    private string Say(int column) => reader.ValueAt(column) switch
    {
        null => reader.IsDBNull(column) ? "NULL" : reader.UnsayableAt(column),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
