using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>
/// SQL about the rows of some users. Their ids are in a temporary table of the session and in no statement: engines log those.
/// </summary>
internal static class SubjectSql
{
    private const string Users = "SUBJECT_USERS";
    private const string Keys = "SUBJECT_KEYS";
    private const string Rejected = "SUBJECT_REJECTED";

    // What tells a quarantined row from others. It has no key, and rows that are alike in this are of the same user.
    private const string SameRejected =
        "r.RUN_ID = q.RUN_ID AND r.SOURCE_TABLE = q.SOURCE_TABLE AND r.ROW_KEY IS NOT DISTINCT FROM q.ROW_KEY AND r.DETAIL = q.DETAIL";

    /// <summary>The users: USER_ID.</summary>
    public const string Of = $"SELECT USER_ID FROM {Users}";

    /// <summary>Makes the temporary tables. Comes before a transaction, as DDL commits on some engines.</summary>
    public static async Task PrepareAsync(IWarehouseSession session, IReadOnlyList<long> users, CancellationToken cancellationToken)
    {
        const int AtOnce = 1000;
        await session.ExecuteAsync($"CREATE OR REPLACE TEMPORARY TABLE {Users} (USER_ID BIGINT)", cancellationToken);
        await session.ExecuteAsync(
            $"CREATE OR REPLACE TEMPORARY TABLE {Keys} (USER_ID BIGINT, SOURCE_TABLE VARCHAR, ROW_KEY VARCHAR)", cancellationToken);
        await session.ExecuteAsync(
            $"""
            CREATE OR REPLACE TEMPORARY TABLE {Rejected} (
                USER_ID BIGINT, RUN_ID VARCHAR, SOURCE_TABLE VARCHAR, ROW_KEY VARCHAR, DETAIL VARCHAR)
            """,
            cancellationToken);
        foreach (var some in users.Chunk(AtOnce))
            await session.ExecuteAsync(
                $"INSERT INTO {Users} VALUES {SqlText.List(some.Select(_ => "(?)"))}", [.. some.Select(user => (object)user)],
                cancellationToken);
    }

    /// <summary>The condition on a row of a table that it is of one of the users.</summary>
    /// <param name="columns">The columns that say whose it is.</param>
    public static string IsOf(IEnumerable<string> columns) =>
        $"({string.Join(" OR ", columns.Select(column => $"{column} IN ({Of})"))})";

    /// <summary>Counts the rows of each user in a table: USER_ID and how many.</summary>
    public static string Count(CatalogTable table, IEnumerable<string> columns) =>
        string.Join(
            " UNION ALL ",
            columns.Select(column => $"SELECT {column}, COUNT(*) FROM {table} WHERE {column} IN ({Of}) GROUP BY {column}"));

    /// <summary>Removes the rows of the users from a table.</summary>
    public static string Remove(CatalogTable table, IEnumerable<string> columns) => $"DELETE FROM {table} WHERE {IsOf(columns)}";

    // ---- The quarantine names a row by its key, and a user by the key or in the detail.

    /// <summary>Notes by which keys the quarantine would name the rows of the users in a source.</summary>
    /// <param name="location">Where it is; null for where the catalog says.</param>
    public static IEnumerable<string> NoteKeys(CatalogTable source, IEnumerable<string> columns, string? location = null) =>
        columns.Select(column => $"""
            INSERT INTO {Keys}
            SELECT DISTINCT {column}, {SqlText.Quote(source.ToString())}, {RowRules.KeyText(source)}
            FROM {location ?? source.ToString()} WHERE {column} IN ({Of})
            """);

    /// <summary>The keys that were noted: USER_ID and ROW_KEY.</summary>
    public const string NotedKeys = $"SELECT USER_ID, ROW_KEY FROM {Keys}";

    /// <summary>Notes the quarantined rows of the users.</summary>
    /// <param name="columns">The names of all columns that say whose a row is.</param>
    public static string NoteRejected(IEnumerable<string> columns)
    {
        const string Id = "CAST(u.USER_ID AS VARCHAR)";
        var named = columns.SelectMany(column => new[]
        {
            $"POSITION({SqlText.Quote($", {column}=")} || {Id} || ',' IN ', ' || q.ROW_KEY || ',') > 0",
            $"POSITION({SqlText.Quote($" {column} ")} || {Id} || ' ' IN ' ' || q.DETAIL || ' ') > 0",
        });
        return $"""
            INSERT INTO {Rejected}
            SELECT k.USER_ID, q.RUN_ID, q.SOURCE_TABLE, q.ROW_KEY, q.DETAIL
            FROM LOYALTY.QUARANTINE AS q JOIN {Keys} AS k ON k.SOURCE_TABLE = q.SOURCE_TABLE AND k.ROW_KEY = q.ROW_KEY
            UNION
            SELECT u.USER_ID, q.RUN_ID, q.SOURCE_TABLE, q.ROW_KEY, q.DETAIL
            FROM LOYALTY.QUARANTINE AS q JOIN {Users} AS u ON {string.Join(" OR ", named)}
            """;
    }

    /// <summary>The quarantined rows of the users, as <c>q</c>, with USER_ID as <c>r</c>.</summary>
    public const string RejectedRows = $"LOYALTY.QUARANTINE AS q JOIN {Rejected} AS r ON {SameRejected}";

    /// <summary>Counts them: USER_ID and how many.</summary>
    public const string CountRejected = $"SELECT r.USER_ID, COUNT(*) FROM {RejectedRows} GROUP BY r.USER_ID";

    /// <summary>Takes them out of what the log says that was read and rejected, so that it still adds up, and then away.</summary>
    public static readonly string[] RemoveRejected =
    [
        $"""
        UPDATE LOYALTY.RUN_SOURCE AS t SET ROWS_READ = t.ROWS_READ - c.N, ROWS_QUARANTINED = t.ROWS_QUARANTINED - c.N
        FROM ({RejectedOf("q.RUN_ID, q.SOURCE_TABLE")}) AS c
        WHERE t.RUN_ID = c.RUN_ID AND t.SOURCE_TABLE = c.SOURCE_TABLE AND t.ROWS_QUARANTINED >= c.N
        """,
        $"""
        UPDATE LOYALTY.RUN AS t SET QUARANTINED = t.QUARANTINED - c.N FROM ({RejectedOf("q.RUN_ID")}) AS c
        WHERE t.RUN_ID = c.RUN_ID AND t.QUARANTINED >= c.N
        """,
        $"DELETE FROM LOYALTY.QUARANTINE AS q USING {Rejected} AS r WHERE {SameRejected}",
    ];

    // ---- A written day has as many versions as it says users.

    /// <summary>Takes the users out of the numbers of users of the days on which they were there.</summary>
    public const string LowerSnapshots = $"""
        UPDATE LOYALTY.SNAPSHOT AS s SET ROW_COUNT = s.ROW_COUNT - c.N
        FROM (
            SELECT d.SNAPSHOT_DATE, COUNT(*) AS N
            FROM LOYALTY.SNAPSHOT AS d JOIN LOYALTY.HISTORY AS h
                ON h.VALID_FROM <= d.SNAPSHOT_DATE AND (h.VALID_TO IS NULL OR h.VALID_TO > d.SNAPSHOT_DATE)
            WHERE h.USER_ID IN ({Of})
            GROUP BY d.SNAPSHOT_DATE) AS c
        WHERE c.SNAPSHOT_DATE = s.SNAPSHOT_DATE
        """;

    // Each once, where a row is of two users.
    private static string RejectedOf(string columns) => $"""
        SELECT {columns}, COUNT(*) AS N FROM LOYALTY.QUARANTINE AS q
        WHERE EXISTS (SELECT 1 FROM {Rejected} AS r WHERE {SameRejected}) GROUP BY {columns}
        """;
}
