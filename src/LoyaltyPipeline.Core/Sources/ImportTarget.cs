using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>The source table that an import writes.</summary>
/// <param name="session">The session.</param>
/// <param name="table">The table.</param>
/// <param name="mode">What happens to stored rows.</param>
internal sealed class ImportTarget(IWarehouseSession session, CatalogTable table, ImportMode mode)
{
    private long _stored;
    private bool _exists;

    public string Name => table.Name.ToString();

    /// <summary>Whether no stored row will be left when the import begins to write.</summary>
    public bool IsEmptied => mode == ImportMode.Replace || _stored == 0;

    private string Columns => SqlText.List(table.Columns.Select(column => column.Name));

    private string SameKey => string.Join(" AND ", table.Key.Select(column => $"t.{column.Name} = a.{column.Name}"));

    /// <summary>Creates or upgrades the table, if it may, and looks what is in it.</summary>
    public async Task PrepareAsync(bool create, CancellationToken cancellationToken)
    {
        var plan = await SchemaInstaller.PlanAsync(session, [table], cancellationToken);
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

    /// <summary>Stores the accepted rows, or only counts what that would do.</summary>
    public async Task<ImportCounts> StoreAsync(string accepted, bool countOnly, CancellationToken cancellationToken)
    {
        var rows = await session.CountAsync($"SELECT COUNT(*) FROM {accepted}", cancellationToken);
        if (mode == ImportMode.Upsert && _exists)
            return await UpsertAsync(accepted, rows, countOnly, cancellationToken);

        var deleted = mode == ImportMode.Replace ? _stored : 0;
        if (!countOnly)
        {
            await EmptyAsync(cancellationToken);
            await session.ExecuteAsync($"INSERT INTO {Name} ({Columns}) SELECT {Columns} FROM {accepted}", cancellationToken);
        }

        return new ImportCounts(rows, 0, deleted, 0);
    }

    private async Task<ImportCounts> UpsertAsync(string accepted, long rows, bool countOnly, CancellationToken cancellationToken)
    {
        var known = await session.CountAsync($"SELECT COUNT(*) FROM {accepted} AS a WHERE EXISTS (SELECT 1 FROM {Name} AS t WHERE {SameKey})", cancellationToken);
        var differs = await DiffersAsync(accepted, known, cancellationToken);
        var unchanged = await session.CountAsync(
            $"SELECT COUNT(*) FROM {accepted} AS a WHERE EXISTS (SELECT 1 FROM {Name} AS t WHERE {SameKey} AND NOT ({differs}))", cancellationToken);
        if (!countOnly)
        {
            await session.ExecuteAsync($"DELETE FROM {Name} AS t USING {accepted} AS a WHERE {SameKey} AND ({differs})", cancellationToken);
            await session.ExecuteAsync(
                $"INSERT INTO {Name} ({Columns}) SELECT {Columns} FROM {accepted} AS a WHERE NOT EXISTS (SELECT 1 FROM {Name} AS t WHERE {SameKey})", cancellationToken);
        }

        return new ImportCounts(rows - known, known - unchanged, 0, unchanged);
    }

    // What was stored past the import may hold a key several times; an imported row takes the place of all of them.
    private async Task<string> DiffersAsync(string accepted, long known, CancellationToken cancellationToken)
    {
        var differs = string.Join(" OR ", table.Columns.Where(column => !table.Key.Contains(column)).Select(column => $"t.{column.Name} IS DISTINCT FROM a.{column.Name}"));
        if (await session.CountAsync($"SELECT COUNT(*) FROM {Name} AS t WHERE EXISTS (SELECT 1 FROM {accepted} AS a WHERE {SameKey})", cancellationToken) == known)
            return differs;

        var key = SqlText.List(table.Key.Select(column => column.Name));
        await session.ExecuteAsync(
            $"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.StoredTwice} AS SELECT {key} FROM {Name} GROUP BY {key} HAVING COUNT(*) > 1", cancellationToken);
        return $"{differs} OR EXISTS (SELECT 1 FROM {ImportTables.StoredTwice} AS k WHERE {string.Join(" AND ", table.Key.Select(column => $"k.{column.Name} = a.{column.Name}"))})";
    }
}
