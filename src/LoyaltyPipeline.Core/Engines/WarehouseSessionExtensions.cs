using System.Data.Common;
using System.Globalization;
using LoyaltyPipeline.Core.Engines.DuckDb;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>Shorter forms of what features ask of a session.</summary>
public static class WarehouseSessionExtensions
{
    /// <summary>Runs a statement without parameters.</summary>
    /// <returns>Rows affected; -1 where the engine does not say.</returns>
    public static Task<long> ExecuteAsync(this IWarehouseSession session, string sql, CancellationToken cancellationToken) =>
        session.ExecuteAsync(sql, [], cancellationToken);

    /// <summary>Runs a query and makes an object of each row.</summary>
    /// <param name="parameters">The values, in order.</param>
    /// <param name="read">Makes the object of the current row.</param>
    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this IWarehouseSession session, string sql, IReadOnlyList<object?> parameters, Func<DbDataReader, T> read,
        CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await session.QueryAsync(sql, parameters, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a query that yields one number.</summary>
    /// <returns>The number; 0 for NULL.</returns>
    public static async Task<long> CountAsync(this IWarehouseSession session, string sql, CancellationToken cancellationToken)
    {
        var rows = await session.ListAsync(sql, [], reader => reader.LongAt(0), cancellationToken);
        return rows[0];
    }

    /// <summary>Reads an integer of whatever width the engine gives; counts may come as 128-bit integers.</summary>
    /// <returns>The number; 0 for NULL.</returns>
    public static long LongAt(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? 0 : reader.GetValue(ordinal) switch
    {
        System.Numerics.BigInteger big => (long)big,
        var value => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Reads a text.</summary>
    /// <returns>The text; null for NULL.</returns>
    public static string? TextAt(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    /// <summary>Reads a day; engines give it as DateOnly or as DateTime.</summary>
    /// <returns>The day; null for NULL, and for one that .NET cannot say.</returns>
    public static DateOnly? DateAt(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : Said(reader, ordinal, reader.GetValue) switch
        {
            null => null,
            DateOnly day => day,
            var value => DateOnly.FromDateTime(Convert.ToDateTime(value, CultureInfo.InvariantCulture)),
        };

    /// <summary>Reads a point in time, which is stored in UTC without zone.</summary>
    /// <returns>The time, of kind UTC; null for NULL, and for one that .NET cannot say.</returns>
    public static DateTime? TimeAt(this DbDataReader reader, int ordinal) =>
        !reader.IsDBNull(ordinal) && Said(reader, ordinal, position => reader.GetDateTime(position)) is DateTime time
            ? DateTime.SpecifyKind(time, DateTimeKind.Utc)
            : null;

    /// <summary>Reads a value of whatever type.</summary>
    /// <returns>The value, a day as DateOnly, a time of kind UTC; null for NULL, and for a time that .NET cannot say.</returns>
    public static object? ValueAt(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : Said(reader, ordinal, reader.GetValue) switch
        {
            // Some engines give a day as the time at which it begins.
            DateTime when string.Equals(reader.GetDataTypeName(ordinal), "DATE", StringComparison.OrdinalIgnoreCase) => reader.DateAt(ordinal),
            DateTime => reader.TimeAt(ordinal),
            var value => value,
        };

    /// <summary>Says a time that .NET cannot say.</summary>
    /// <param name="ordinal">The column, which is not NULL, and of which <see cref="ValueAt"/> is null.</param>
    public static string UnsayableAt(this DbDataReader reader, int ordinal) =>
        reader.InfinityAt(ordinal) ?? "a time outside the years 1 to 9999";

    /// <summary>Names an infinite day.</summary>
    /// <returns><c>infinity</c> or <c>-infinity</c>; null where the value is neither.</returns>
    public static string? InfinityAt(this DbDataReader reader, int ordinal) => DuckDbTimes.InfinityAt(reader, ordinal);

    // Infinity and years before 1 or after 9999: merges quarantine rows that have one, but who wrote past them may have stored it, and one
    // value must not keep all others from being read.
    private static object? Said(DbDataReader reader, int ordinal, Func<int, object> read)
    {
        try
        {
            return read(ordinal);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or InvalidOperationException
            && IsTime(reader.GetFieldType(ordinal)))
        {
            return null;
        }
    }

    private static bool IsTime(Type type) => type == typeof(DateTime) || type == typeof(DateOnly);
}
