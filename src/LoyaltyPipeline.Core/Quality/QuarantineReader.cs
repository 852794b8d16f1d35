using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Quality;

/// <summary>Reads the quarantine.</summary>
public static class QuarantineReader
{
    /// <summary>Reads quarantined rows, by run, source, rule and key.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="query">Which rows.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The rows, as they are read.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async IAsyncEnumerable<QuarantinedRow> ReadAsync(
        IWarehouse warehouse, QuarantineQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var filter = new SqlFilter().AndIn("q.RUN_ID", query.RunIds).AndIn("SOURCE_TABLE", query.SourceTables).And("RULE = ?", query.Rule).AndIf(query.OpenOnly, OpenRows.Condition);
        var limit = query.First is { } first ? $" LIMIT {first}" : string.Empty;
        await using var reader = await session.QueryAsync(
            $"SELECT q.RUN_ID, q.SOURCE_TABLE, q.ROW_KEY, q.RULE, q.DETAIL, {OpenRows.Condition} FROM {OpenRows.From}{filter} ORDER BY q.RUN_ID DESC, q.SOURCE_TABLE, q.RULE, q.ROW_KEY NULLS LAST, q.DETAIL{limit}",
            filter.Values,
            cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return new QuarantinedRow(reader.GetString(0), reader.GetString(1), reader.TextAt(2), reader.GetString(3), reader.GetString(4), reader.GetBoolean(5));
    }
}
