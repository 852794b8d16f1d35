using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>Reads the pipeline's own tables, in which a row may be wrong: it is told of, and the others are read.</summary>
internal static class StoredRows
{
    /// <summary>Lets a row that cannot be read end what reads it.</summary>
    public static Action<LoyaltyException> Demanded { get; } = static failure => throw failure;

    /// <summary>Runs a query and makes an object of each row that can be read.</summary>
    /// <param name="table">The table; the query yields its key first.</param>
    /// <param name="parameters">The values, in order.</param>
    /// <param name="read">Makes the object of a row.</param>
    /// <param name="unreadable">Hears of each row that cannot be read, as <c>LogRowUnreadable</c>.</param>
    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this IWarehouseSession session, StoredTable table, string sql, IReadOnlyList<object?> parameters, Func<StoredRow, T> read,
        Action<LoyaltyException> unreadable, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await session.QueryAsync(sql, parameters, cancellationToken);
        var row = new StoredRow(reader, table);
        while (await reader.ReadAsync(cancellationToken))
        {
            try
            {
                rows.Add(read(row));
            }
            catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.LogRowUnreadable)
            {
                unreadable(failure);
            }
        }

        return rows;
    }

    /// <summary>Reads the newest day of a table of days.</summary>
    /// <param name="column">Its column of days.</param>
    /// <param name="asOf">Up to which day; null for the newest.</param>
    /// <returns>The day; null where there is none.</returns>
    /// <exception cref="LoyaltyException"><c>LogRowUnreadable</c>: it is none that a calendar has.</exception>
    public static async Task<DateOnly?> NewestDayAsync(
        this IWarehouseSession session, string table, string column, DateOnly? asOf,
        CancellationToken cancellationToken) => (await session.ListAsync(
        new StoredTable(table, KeyColumns: 1),
        $"SELECT MAX({column}) AS {column} FROM {table}{(asOf is { } day ? $" WHERE {column} <= {SqlText.Literal(day)}" : string.Empty)}",
        [],
        row => row.DayOrNull(0),
        Demanded,
        cancellationToken))[0];

    /// <summary>Leaves out what stands in a table more than once: which of the rows is right, nobody knows.</summary>
    /// <typeparam name="T">What was read.</typeparam>
    /// <typeparam name="TKey">What tells one from another.</typeparam>
    /// <param name="rows">What was read.</param>
    /// <param name="key">Tells one from another.</param>
    /// <param name="name">Names one of them.</param>
    /// <param name="unreadable">Hears of each that is left out, as <c>LogRowUnreadable</c>.</param>
    /// <returns>What stands there once, in the same order.</returns>
    public static IReadOnlyList<T> Once<T, TKey>(
        this IReadOnlyList<T> rows, StoredTable table, Func<T, TKey> key, Func<TKey, string> name, Action<LoyaltyException> unreadable)
        where TKey : notnull
    {
        var repeated = rows.CountBy(key).Where(count => count.Value > 1).ToDictionary();
        foreach (var (twice, count) in repeated)
            unreadable(LoyaltyErrors.LogRowUnreadable.Because($"{table.Name} has {name(twice)} {count} times.", table.Name));
        return repeated.Count == 0 ? rows : [.. rows.Where(row => !repeated.ContainsKey(key(row)))];
    }
}
