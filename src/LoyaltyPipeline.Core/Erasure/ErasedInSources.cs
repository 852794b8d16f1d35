using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Erasure;

/// <summary>
/// The erased users whom sources still hold, as those do that are kept elsewhere. Their ids are in a temporary table of the session: each
/// id is hashed once, however many rows it has.
/// </summary>
internal sealed class ErasedInSources
{
    private readonly string _table;
    private readonly long _users;

    private ErasedInSources(string table, long users) => (_table, _users) = (table, users);

    /// <summary>Finds them. Comes before a transaction: it makes a temporary table.</summary>
    /// <param name="tables">The tables within reach.</param>
    /// <returns>Null where there are none, so that nothing has to be left out.</returns>
    public static async Task<ErasedInSources?> FindAsync(
        IWarehouseSession session, PipelineDefinition pipeline, IReadOnlyDictionary<string, TableShape> tables,
        CancellationToken cancellationToken)
    {
        if (!await ErasedUsers.AnyAsync(session, tables, cancellationToken))
            return null;
        var users = pipeline.Catalog.Sources.SelectMany(source => UsersOf(source, pipeline.Config, tables)).ToList();
        if (users.Count == 0)
            return null;
        const string table = "ERASED_IN_SOURCES";
        await session.ExecuteAsync(
            $"CREATE OR REPLACE TEMPORARY TABLE {table} AS {ErasedUsers.Among(session.Dialect, string.Join(" UNION ", users))}",
            cancellationToken);
        var found = await session.CountAsync($"SELECT COUNT(*) FROM {table}", cancellationToken);
        return found > 0 ? new ErasedInSources(table, found) : null;
    }

    /// <summary>Says how many users are left out.</summary>
    public void Report(IRunReporter reporter) =>
        reporter.Verbose($"Sources hold rows of {_users} erased users, which are left out.");

    /// <summary>SQL that is true for a row of a source that is of no erased user, also where it says of none whose it is.</summary>
    /// <param name="relation">How the statement calls the source.</param>
    /// <returns>Null where rows of the source are of no user.</returns>
    public string? IsOfNone(CatalogTable source, string relation)
    {
        var conditions = source.UserColumns.Select(
            column => $"NOT EXISTS (SELECT 1 FROM {_table} AS erased WHERE erased.USER_ID = {relation}.{column.Name})").ToList();
        return conditions.Count == 0 ? null : string.Join(" AND ", conditions);
    }

    private static IEnumerable<string> UsersOf(
        CatalogTable source, PipelineConfig config, IReadOnlyDictionary<string, TableShape> tables)
    {
        var location = config.Locate(source.Name);
        return tables.TryGetValue(location.ToUpperInvariant(), out var shape)
            ? source.UserColumns.Where(column => shape.Columns.ContainsKey(column.Name)).Select(
                column => $"SELECT {column.Name} AS USER_ID FROM {location} WHERE {column.Name} IS NOT NULL")
            : [];
    }
}
