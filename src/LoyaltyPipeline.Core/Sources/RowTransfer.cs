using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>Carries rows from one engine to another, by way of a compressed file.</summary>
internal static class RowTransfer
{
    /// <summary>Carries the rows of a relation.</summary>
    /// <param name="from">The session that has them.</param>
    /// <param name="relation">A table or a subquery there.</param>
    /// <param name="to">The session they go to.</param>
    /// <param name="table">The table there.</param>
    /// <returns>When they are there.</returns>
    /// <exception cref="LoyaltyException"><c>ReconciliationFailed</c>, <c>QueryFailed</c>.</exception>
    public static async Task RunAsync(
        IWarehouseSession from, string relation, IWarehouseSession to, string table, IReadOnlyList<string> columns,
        CancellationToken cancellationToken)
    {
        using var folder = ScratchFolder.Temporary("transfer");
        var path = Path.Combine(folder.Path, $"{table}.csv.gz");
        var sent = await from.UnloadAsync(
            $"SELECT {SqlText.List(columns)} FROM {relation} AS r", UnloadFormat.Loadable, path, cancellationToken);
        // Of a file without rows there is nothing to say that it was loaded.
        var loaded = sent == 0 ? 0 : await to.LoadAsync(table, columns, path, cancellationToken);
        if (loaded != sent)
            throw LoyaltyErrors.ReconciliationFailed.Because($"{sent} rows were sent to {table}, but {loaded} arrived.", table);
    }
}
