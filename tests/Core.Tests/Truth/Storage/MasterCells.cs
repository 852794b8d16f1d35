using System.Data.Common;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>The cells of the reader's current row by name. A column of another type than the design's fails here.</summary>
internal sealed class MasterCells(DbDataReader reader)
{
    public long Long(string column) => Value<long>(column)!.Value;

    public string? Text(string column) => Cell(column) as string;

    public bool? Boolean(string column) => Value<bool>(column);

    public int? Integer(string column) => Value<int>(column);

    public decimal? Decimal(string column) => Value<decimal>(column);

    public DateTime? Time(string column) => Value<DateTime>(column);

    public DateOnly? Date(string column) => Value<DateOnly>(column);

    private T? Value<T>(string column)
        where T : struct => Cell(column) switch
        {
            null => null,
            T value => value,
            var other => throw new InvalidCastException($"{column} is {other.GetType().Name}, not {typeof(T).Name}."),
        };

    private object? Cell(string column)
    {
        var ordinal = reader.GetOrdinal(column);
        return reader.IsDBNull(ordinal) ? null : reader.GetValue(ordinal);
    }
}
