using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// The users that rows of a source can belong to. A merge uses none that belongs to nobody; such a row must not take the place of one that it would use.
/// </summary>
/// <param name="users">The table of the users, as SQL names it.</param>
/// <param name="column">The column of a row that says whose it is.</param>
internal sealed class RowOwners(string users, CatalogColumn column)
{
    /// <summary>Finds them.</summary>
    /// <param name="session">The session.</param>
    /// <param name="pipeline">The catalog and the settings.</param>
    /// <param name="table">The source.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The users; null where rows of the source belong to none, or the users are kept elsewhere or not yet at all.</returns>
    public static async Task<RowOwners?> FindAsync(IWarehouseSession session, PipelineDefinition pipeline, CatalogTable table, CancellationToken cancellationToken)
    {
        var users = pipeline.Catalog.Users;
        return table.OrphanColumn is { } column && !pipeline.Config.Sources.ContainsKey(users.Name.Schema) && (await SchemaInstaller.PlanAsync(session, [users], cancellationToken)).Count == 0
            ? new RowOwners(users.Name.ToString(), column)
            : null;
    }

    /// <summary>SQL that is true where a row belongs to somebody.</summary>
    /// <param name="row">The row.</param>
    public string Owns(string row) => $"EXISTS (SELECT 1 FROM {users} AS u WHERE u.{LoyaltyCatalog.User.Column} = {row}.{column.Name})";
}
