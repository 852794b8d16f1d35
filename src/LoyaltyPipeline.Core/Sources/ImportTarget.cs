using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Deployment;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>The source table that an import writes.</summary>
/// <param name="mode">What happens to stored rows.</param>
/// <param name="owners">Who the rows can belong to; null where that is not known.</param>
internal sealed class ImportTarget(IWarehouseSession session, CatalogTable table, ImportMode mode, RowOwners? owners)
{
    private long _stored;
    private bool _exists;
    private bool _holdsKeysTwice;

    public string Name => table.Name.ToString();

    /// <summary>Whether no stored row will be left when the import begins to write.</summary>
    public bool IsEmptied => mode == ImportMode.Replace || _stored == 0;

    private string Columns => SqlText.List(table.Columns.Select(column => column.Name));

    private string Key => SqlText.List(table.Key.Select(column => column.Name));

    private string SameKey => KeyOf("t", "a");

    private string Differs =>
        string.Join(
            " OR ",
            table.Columns.Where(column => !table.Key.Contains(column))
                .Select(column => $"t.{column.Name} IS DISTINCT FROM a.{column.Name}"));

    // A row that says what was known earlier takes no newer one's place, whatever order files come in; one that belongs to nobody takes
    // none of one that can be used, which takes its.
    private string IsOlder =>
        owners is null
            ? IsEarlier
            : $"(({owners.Owns("t")} AND NOT {owners.Owns("a")}) OR ({IsEarlier} AND NOT ({owners.Owns("a")} AND NOT {owners.Owns("t")})))";

    // What is of a day to come is a slip: it keeps nothing away, and takes no other row's place.
    private string IsEarlier =>
        EventsToCome.TimeOf(table) is { } time ? IsEarlierBy($"a.{time.Name}", $"t.{time.Name}") : "FALSE";

    private bool Upserts => mode == ImportMode.Upsert && _exists;

    /// <summary>Creates or upgrades the table, if it may, and looks what is in it.</summary>
    /// <param name="tables">The tables of the warehouse.</param>
    /// <param name="create">Whether it may.</param>
    public async Task PrepareAsync(IReadOnlyDictionary<string, TableShape> tables, bool create, CancellationToken cancellationToken)
    {
        var plan = await SchemaInstaller.PlanAsync(session, [table], tables, cancellationToken);
        if (create)
            await SchemaInstaller.ApplyAsync(session, plan, cancellationToken);
        _exists = create || plan.Count == 0;
        _stored = _exists ? await session.CountAsync($"SELECT COUNT(*) FROM {Name}", cancellationToken) : 0;
    }

    /// <summary>Removes the stored rows, where the mode asks for it.</summary>
    /// <returns>Rows removed.</returns>
    public async Task<long> EmptyAsync(CancellationToken cancellationToken)
    {
        if (mode != ImportMode.Replace || _stored == 0)
            return 0;
        await session.ExecuteAsync($"DELETE FROM {Name}", cancellationToken);
        return _stored;
    }

    /// <summary>Counts what storing the accepted rows would do. Comes before the transaction in which they are stored.</summary>
    /// <param name="accepted">The rows, one a key where the mode is Upsert.</param>
    /// <returns>What it would do.</returns>
    public async Task<ImportCounts> CompareAsync(string accepted, CancellationToken cancellationToken)
    {
        var rows = await session.CountAsync($"SELECT COUNT(*) FROM {accepted}", cancellationToken);
        if (!Upserts)
            return new ImportCounts(rows, Updated: 0, mode == ImportMode.Replace ? _stored : 0, Unchanged: 0, Older: 0);

        var known = await session.CountAsync(
            $"SELECT COUNT(*) FROM {accepted} AS a WHERE EXISTS (SELECT 1 FROM {Name} AS t WHERE {SameKey})", cancellationToken);
        _holdsKeysTwice = await session.CountAsync(
            $"SELECT COUNT(*) FROM {Name} AS t WHERE EXISTS (SELECT 1 FROM {accepted} AS a WHERE {SameKey})", cancellationToken) != known;
        if (_holdsKeysTwice)
        {
            await session.ExecuteAsync(
                $"""
                CREATE OR REPLACE TEMPORARY TABLE {ImportTables.StoredTwice} AS
                SELECT {Key} FROM {Name} GROUP BY {Key} HAVING COUNT(*) > 1
                """,
                cancellationToken);
        }

        var isStoredOnce = _holdsKeysTwice
            ? $" AND NOT EXISTS (SELECT 1 FROM {ImportTables.StoredTwice} AS k WHERE {KeyOf("k", "a")})"
            : string.Empty;
        var unchanged = await session.CountAsync(
            $"SELECT COUNT(*) FROM {accepted} AS a JOIN {Name} AS t ON {SameKey} WHERE NOT ({Differs}){isStoredOnce}", cancellationToken);
        var older = await session.CountAsync(
            $"SELECT COUNT(*) FROM {accepted} AS a WHERE EXISTS (SELECT 1 FROM {Name} AS t WHERE {SameKey} AND ({IsOlder}))",
            cancellationToken);
        return new ImportCounts(rows - known, known - unchanged - older, Deleted: 0, unchanged, older);
    }

    /// <summary>Stores the accepted rows, which have been compared.</summary>
    /// <returns>When they are stored.</returns>
    public async Task StoreAsync(string accepted, CancellationToken cancellationToken)
    {
        if (!Upserts)
        {
            await EmptyAsync(cancellationToken);
            await session.ExecuteAsync($"INSERT INTO {Name} ({Columns}) SELECT {Columns} FROM {accepted}", cancellationToken);
            return;
        }

        // What was stored past the import may hold a key several times; an imported row takes the place of all of them.
        if (_holdsKeysTwice)
        {
            await session.ExecuteAsync(
                $"""
                DELETE FROM {Name} AS t
                USING (SELECT a.* FROM {accepted} AS a JOIN {ImportTables.StoredTwice} AS k ON {KeyOf("k", "a")}) AS a
                WHERE {SameKey} AND NOT ({IsOlder})
                """,
                cancellationToken);
        }

        await session.ExecuteAsync(
            $"DELETE FROM {Name} AS t USING {accepted} AS a WHERE {SameKey} AND ({Differs}) AND NOT ({IsOlder})", cancellationToken);
        await session.ExecuteAsync(
            $"""
            INSERT INTO {Name} ({Columns})
            SELECT {Columns} FROM {accepted} AS a WHERE NOT EXISTS (SELECT 1 FROM {Name} AS t WHERE {SameKey})
            """,
            cancellationToken);
    }

    private static string IsEarlierBy(string imported, string stored) => $"""
        ({imported} < {stored} AND {EventsToCome.AreNot(stored)}
            OR {EventsToCome.Are(imported)} AND COALESCE({EventsToCome.AreNot(stored)}, TRUE))
        """;

    private string KeyOf(string left, string right) =>
        string.Join(" AND ", table.Key.Select(column => $"{left}.{column.Name} = {right}.{column.Name}"));
}
