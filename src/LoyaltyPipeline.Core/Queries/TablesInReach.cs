using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Queries;

/// <summary>
/// The tables and views that a query may read: those of the warehouse and of the sources within its reach. The engine's own lists are none
/// of them: they tell of files, settings and secrets.
/// </summary>
internal sealed class TablesInReach
{
    private static readonly string[] EnginesOwn = ["SYSTEM.", "TEMP.", "INFORMATION_SCHEMA.", "PG_CATALOG."];

    private readonly Dictionary<string, TableShape> _tables;
    private readonly string _database;
    private readonly string _schema;

    private TablesInReach(IReadOnlyDictionary<string, TableShape> tables, string database, string schema)
    {
        _tables = tables
            .Where(
                table => !Array.Exists(
                    EnginesOwn,
                    own => table.Key.StartsWith(own, StringComparison.Ordinal) || table.Key.Contains($".{own}", StringComparison.Ordinal)))
                    .ToDictionary(StringComparer.Ordinal);
        (_database, _schema) = (database, schema);
    }

    /// <summary>Finds out what there is.</summary>
    /// <param name="session">The session that is to run queries.</param>
    /// <param name="tables">The shape of each table, by <c>SCHEMA.TABLE</c>, or <c>DATABASE.SCHEMA.TABLE</c> for other databases than the
    /// session's.</param>
    public static async Task<TablesInReach> FindAsync(
        IWarehouseSession session, IReadOnlyDictionary<string, TableShape> tables, CancellationToken cancellationToken)
    {
        var place = await session.ListAsync(
            "SELECT UPPER(CURRENT_DATABASE()), UPPER(CURRENT_SCHEMA())", [],
            reader => (Database: reader.TextAt(0), Schema: reader.TextAt(1)), cancellationToken);
        return new TablesInReach(tables, place[0].Database ?? string.Empty, place[0].Schema ?? string.Empty);
    }

    /// <summary>Finds a table as the engine would.</summary>
    /// <param name="reference">The table as a query names it.</param>
    /// <returns>Its name among the tables within reach; null where it is none of them.</returns>
    public string? Find(TableReference reference) =>
        NamesOf(reference).Select(name => name.ToUpperInvariant()).FirstOrDefault(_tables.ContainsKey);

    /// <summary>The shape of a table.</summary>
    /// <param name="name">Its name among the tables within reach.</param>
    public TableShape ShapeOf(string name) => _tables[name];

    private IEnumerable<string> NamesOf(TableReference reference)
    {
        var (database, schema, table) = reference;
        if (database is not null)
        {
            yield return string.Equals(database, _database, StringComparison.OrdinalIgnoreCase)
                ? $"{schema}.{table}"
                : $"{database}.{schema}.{table}";
        }
        else if (schema is not null)
        {
            yield return $"{schema}.{table}";
            // Some engines let the schema of a database be left out that has but one.
            yield return $"{schema}.MAIN.{table}";
        }
        else
        {
            yield return $"{_schema}.{table}";
        }
    }
}
