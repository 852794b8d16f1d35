using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// Builds the Master of a day in a temporary table, beside what is stored for the day: a row for each user of either, and what becomes of
/// that user. Where the day has not been written, what is stored for it is what the day before said.
/// The columns of users who stay as they are, by <c>IS DISTINCT FROM</c> on every column, are left out: nothing reads them, and writing
/// them would cost an unchanged day as much as a changed one.
/// </summary>
internal static class MasterBuild
{
    /// <summary>
    /// What becomes of the user: <see cref="Inserted"/>, <see cref="Updated"/>, <see cref="Deleted"/> or <see cref="Unchanged"/>.
    /// </summary>
    public const string Change = "CHANGE";

    /// <summary>The segment in which the user is stored.</summary>
    public const string SegmentBefore = "SEGMENT_BEFORE";

    public const string Inserted = "I";
    public const string Updated = "U";
    public const string Deleted = "D";
    public const string Unchanged = "S";

    private const int KeysNamed = 5;

    /// <summary>Runs the script, checks its columns and its key, and compares with what is stored.</summary>
    /// <param name="master">The Master table.</param>
    /// <param name="tables">The shapes of the tables of the warehouse; a column that is not stored counts as NULL.</param>
    /// <param name="select">The SELECT of the script for the day.</param>
    /// <returns>The numbers of users.</returns>
    /// <exception cref="LoyaltyException"><c>MasterScriptInvalid</c>, <c>DuplicateKey</c>, <c>QueryFailed</c>.</exception>
    public static async Task<MasterUsers> BuildAsync(
        IWarehouseSession session, MasterScript script, CatalogTable master, SnapshotDay day,
        IReadOnlyDictionary<string, TableShape> tables, string select, CancellationToken cancellationToken)
    {
        await CreateAsync(session, script, MergeTables.Shape, $"SELECT * FROM ({select}) AS s WHERE 1 = 0", cancellationToken);
        script.CheckColumns(
            master, session.Dialect, (await SchemaReader.ReadTemporaryAsync(session, MergeTables.Shape, cancellationToken)).Columns);
        await CreateAsync(session, script, MergeTables.Master, Compared(master, day, tables, select), cancellationToken);
        var (users, keys) = (await session.ListAsync(
            $"""
            SELECT COUNT_IF({Change} <> '{Deleted}'), COUNT(DISTINCT CASE WHEN {Change} <> '{Deleted}' THEN USER_ID END),
                COUNT_IF({Change} = '{Inserted}'), COUNT_IF({Change} = '{Updated}'), COUNT_IF({Change} = '{Deleted}')
            FROM {MergeTables.Master}
            """,
            [],
            reader => (new MasterUsers(reader.LongAt(0), reader.LongAt(2), reader.LongAt(3), reader.LongAt(4)), reader.LongAt(1)),
            cancellationToken))[0];
        if (users.Total != keys)
            throw await DuplicateKeysAsync(session, cancellationToken);
        return users;
    }

    /// <summary>Reads some of the users who change, the first of those who are new, changed or gone.</summary>
    /// <param name="master">The Master table.</param>
    /// <param name="tables">The shapes of the tables of the warehouse.</param>
    /// <param name="users">How many users at most of each kind.</param>
    /// <returns>Their columns that change, personal data masked.</returns>
    public static async Task<IReadOnlyList<UserChange>> SampleAsync(
        IWarehouseSession session, CatalogTable master, SnapshotDay day, IReadOnlyDictionary<string, TableShape> tables, int users,
        CancellationToken cancellationToken)
    {
        var stored = StoredShape(master, day, tables);
        var columns = Content(master);
        var pairs = UserChangeRow.Pairs(columns, column => stored.Select("m", column), column => $"s.{column.Name}");
        var changes = await session.ListAsync(
            $"""
            SELECT m.USER_ID, CASE WHEN s.{Change} <> '{Deleted}' THEN s.USER_ID END, {pairs}
            FROM (
                SELECT *, ROW_NUMBER() OVER (PARTITION BY {Change} ORDER BY USER_ID) AS PLACE
                FROM {MergeTables.Master}
                WHERE {Change} <> '{Unchanged}'
            ) AS s
            LEFT JOIN {Stored(master, day)} AS m ON m.USER_ID = s.USER_ID
            WHERE s.PLACE <= {users} ORDER BY s.USER_ID
            """,
            [],
            reader => UserChangeRow.Read(reader, columns).ToList(),
            cancellationToken);
        return [.. changes.SelectMany(user => user).Select(change => Mask(change, master.FindColumn(change.Column)!))];
    }

    /// <summary>Where the Master of a day is stored. Of the newest day Master and History say the same; Master is smaller.</summary>
    /// <param name="master">The Master table.</param>
    /// <returns>A table or a subquery.</returns>
    public static string Stored(CatalogTable master, SnapshotDay day) =>
        day.IsNewest ? master.Name.ToString() : $"(SELECT * FROM {HistoryVersions.Table} AS h WHERE {HistoryVersions.HoldsOn(day.Day)})";

    private static List<CatalogColumn> Content(CatalogTable master) => [.. master.Columns.Where(column => !master.Key.Contains(column))];

    private static TableShape StoredShape(CatalogTable master, SnapshotDay day, IReadOnlyDictionary<string, TableShape> tables) =>
        tables[day.IsNewest ? master.Name.ToString() : HistoryVersions.Table];

    private static string Compared(CatalogTable master, SnapshotDay day, IReadOnlyDictionary<string, TableShape> tables, string select)
    {
        var stored = StoredShape(master, day, tables);
        var content = Content(master);
        var differs = content.Select(
            column => stored.Columns.ContainsKey(column.Name)
                ? $"s.{column.Name} IS DISTINCT FROM m.{column.Name}"
                : $"s.{column.Name} IS NOT NULL");
        return $"""
            SELECT COALESCE(USER_ID, STORED_USER_ID) AS USER_ID,
                CASE
                    WHEN NOT IS_CHANGED THEN '{Unchanged}'
                    WHEN STORED_USER_ID IS NULL THEN '{Inserted}'
                    WHEN USER_ID IS NULL THEN '{Deleted}'
                    ELSE '{Updated}'
                END AS {Change},
                {SegmentBefore},
                {SqlText.List(content.Select(column => $"CASE WHEN IS_CHANGED THEN {column.Name} END AS {column.Name}"))}
            FROM (
                SELECT s.*, m.USER_ID AS STORED_USER_ID, m.ENGAGEMENT_SEGMENT AS {SegmentBefore},
                    m.USER_ID IS NULL OR s.USER_ID IS NULL OR {string.Join(" OR ", differs)} AS IS_CHANGED
                FROM ({select}) AS s FULL OUTER JOIN {Stored(master, day)} AS m ON m.USER_ID = s.USER_ID
            ) AS c
            """;
    }

    private static UserChange Mask(UserChange change, CatalogColumn column) =>
        new(
            change.UserId, change.Change, change.Column, PersonalDataMask.Apply(column, change.Before),
            PersonalDataMask.Apply(column, change.After));

    private static async Task CreateAsync(
        IWarehouseSession session, MasterScript script, string table, string query, CancellationToken cancellationToken)
    {
        try
        {
            await session.ExecuteAsync(MergeTables.DropAndCreate(table, $"AS {query}"), cancellationToken);
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed)
        {
            await script.CheckPlanAsync(session, query, cancellationToken);
            throw;
        }
    }

    private static async Task<LoyaltyException> DuplicateKeysAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var keys = await session.ListAsync(
            $"""
            SELECT CAST(USER_ID AS VARCHAR)
            FROM {MergeTables.Master}
            WHERE {Change} <> '{Deleted}'
            GROUP BY USER_ID HAVING COUNT(*) > 1 OR USER_ID IS NULL
            ORDER BY USER_ID LIMIT {KeysNamed}
            """,
            [],
            reader => reader.TextAt(0) ?? "NULL",
            cancellationToken);
        return LoyaltyErrors.DuplicateKey.Because(
            $"Master would have more than one row, or none it can name, for USER_ID {SqlText.List(keys)}.", keys);
    }
}
