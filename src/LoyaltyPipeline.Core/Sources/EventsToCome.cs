using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Rows that say of something that it happened on a day to come: a slip in the year, or a clock that is wrong. Such a row would be the
/// newest for years.
/// </summary>
internal static class EventsToCome
{
    // It is tomorrow already in the east of where it is still today.
    private static DateOnly FirstDayToCome => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2);

    /// <summary>SQL that is true for a time that is not to come.</summary>
    /// <param name="time">SQL that yields the time.</param>
    public static string AreNot(string time) => $"{time} < {SqlText.Literal(FirstDayToCome)}";

    /// <summary>SQL that is true for a time that is to come.</summary>
    /// <param name="time">SQL that yields the time.</param>
    public static string Are(string time) => $"{time} >= {SqlText.Literal(FirstDayToCome)}";

    /// <summary>The column by which rows of one key can differ in that; null where there is none.</summary>
    public static CatalogColumn? TimeOf(CatalogTable table) => table.EventTime is { } time && !table.Key.Contains(time) ? time : null;

    /// <summary>SQL of why a row has lost against another one of its key.</summary>
    public static string WhyLost(CatalogTable table)
    {
        var why = SqlText.Quote(RejectionRule.DuplicateDetail);
        if (TimeOf(table) is not { } time)
            return why;
        var isToCome = SqlText.Quote($"{time.Name} lies in the future, and there is another row of the key");
        return $"CASE WHEN {Are(time.Name)} THEN {isToCome} ELSE {why} END";
    }

    /// <summary>Warns of them.</summary>
    /// <param name="rows">The rows that are brought into it.</param>
    /// <param name="reporter">Hears of them.</param>
    public static async Task WarnAsync(
        IWarehouseSession session, CatalogTable table, string rows, IRunReporter reporter, CancellationToken cancellationToken)
    {
        if (table.EventTime is not { } time)
            return;
        var count = await session.CountAsync($"SELECT COUNT_IF(NOT ({AreNot(time.Name)})) FROM {rows} AS a", cancellationToken);
        if (count > 0)
            reporter.Warning(
                $"{count} {(count == 1 ? "row" : "rows")} for {table} {(count == 1 ? "has" : "have")} a {time.Name} that lies in the future. {(count == 1 ? "It takes" : "They take")} the place of no other row, and any row of the key takes {(count == 1 ? "its" : "theirs")}.");
    }
}
