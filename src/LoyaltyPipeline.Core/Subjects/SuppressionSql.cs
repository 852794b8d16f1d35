using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>SQL that reads and writes SUPPRESSION for the users of <see cref="SubjectSql"/>. The reason is a parameter.</summary>
/// <param name="options">What their rows are to say.</param>
/// <param name="stored">The table as it is; a plan may meet one without a last day.</param>
internal sealed class SuppressionSql(IWarehouseSession session, SuppressOptions options, TableShape stored)
{
    private const string Table = Suppressed.Table;

    private string Until => options.Until is { } day ? SqlText.Literal(day) : "CAST(NULL AS DATE)";

    private string StoredUntil => stored.Columns.ContainsKey(Suppressed.Until) ? Suppressed.Until : "CAST(NULL AS DATE)";

    private string Differs =>
        $"({StoredUntil} IS DISTINCT FROM {Until}{(options.Reason is null ? string.Empty : " OR REASON IS DISTINCT FROM ?")})";

    private IReadOnlyList<object?> ReasonIfGiven => options.Reason is null ? [] : [options.Reason];

    /// <summary>Counts how the users stand. Somebody may have put one in twice.</summary>
    public async Task<SuppressionCounts> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await session.ListAsync(
            $"""
            SELECT COUNT(*), COUNT(s.USER_ID), COUNT_IF(s.DIFFERENT > 0), COUNT(m.USER_ID)
            FROM (SELECT DISTINCT USER_ID FROM ({SubjectSql.Of}) AS a) AS u
            LEFT JOIN (SELECT USER_ID, COUNT_IF({Differs}) AS DIFFERENT FROM {Table} GROUP BY USER_ID) AS s ON s.USER_ID = u.USER_ID
            LEFT JOIN LOYALTY.MASTER AS m ON m.USER_ID = u.USER_ID
            """,
            ReasonIfGiven,
            reader => new SuppressionCounts(reader.LongAt(0), reader.LongAt(1), reader.LongAt(2), reader.LongAt(3)),
            cancellationToken);
        return counts[0];
    }

    /// <summary>Has the rows that say something else say what they are to.</summary>
    /// <param name="now">When; from then on counts a suppression that had ended.</param>
    public Task<long> UpdateAsync(DateTime now, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        UPDATE {Table}
        SET SINCE = CASE WHEN {Suppressed.Holds(Suppressed.Until, DateOnly.FromDateTime(now))} THEN SINCE ELSE ? END,
            {Suppressed.Until} = {Until}{(options.Reason is null ? string.Empty : ", REASON = ?")}
        WHERE USER_ID IN ({SubjectSql.Of}) AND {Differs}
        """,
        [now, .. ReasonIfGiven, .. ReasonIfGiven],
        cancellationToken);

    /// <summary>Adds rows for who has none.</summary>
    /// <param name="now">Since when they hold.</param>
    public Task<long> InsertAsync(DateTime now, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        INSERT INTO {Table} (USER_ID, REASON, SINCE, {Suppressed.Until})
        SELECT u.USER_ID, CAST(? AS VARCHAR), ?, {Until}
        FROM (SELECT DISTINCT USER_ID FROM ({SubjectSql.Of}) AS a) AS u
        WHERE NOT EXISTS (SELECT 1 FROM {Table} AS s WHERE s.USER_ID = u.USER_ID)
        """,
        [options.Reason, now],
        cancellationToken);

    /// <summary>Removes the rows.</summary>
    public Task<long> DeleteAsync(CancellationToken cancellationToken) =>
        session.ExecuteAsync($"DELETE FROM {Table} WHERE USER_ID IN ({SubjectSql.Of})", cancellationToken);
}
