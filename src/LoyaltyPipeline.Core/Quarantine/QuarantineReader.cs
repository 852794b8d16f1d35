using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Quarantine;

/// <summary>Reads the quarantine.</summary>
public static class QuarantineReader
{
    private static readonly StoredTable Table = new("LOYALTY.QUARANTINE", KeyColumns: 2);

    /// <summary>Reads quarantined rows, by run, source, rule and key.</summary>
    /// <param name="query">Which rows.</param>
    /// <param name="reporter">Hears of each row that cannot be read, as <c>LogRowUnreadable</c>.</param>
    /// <returns>The rows, as they are read.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async IAsyncEnumerable<QuarantinedRow> ReadAsync(
        IWarehouse warehouse, QuarantineQuery query, IRunReporter reporter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken);
        var filter = new SqlFilter().AndIn("q.RUN_ID", query.RunIds).AndIn("SOURCE_TABLE", query.SourceTables)
            .AndIn("RULE", query.Rules).AndIf(query.OpenOnly, OpenRows.Condition);
        var limit = query.First is { } first ? $" LIMIT {first}" : string.Empty;
        await using var reader = await session.QueryAsync(
            $"""
            SELECT q.RUN_ID, q.SOURCE_TABLE, q.ROW_KEY, q.RULE, q.DETAIL, {OpenRows.Condition}
            FROM {OpenRows.From}{filter}
            ORDER BY q.RUN_ID DESC, q.SOURCE_TABLE, q.RULE, q.ROW_KEY NULLS LAST, q.DETAIL{limit}
            """,
            filter.Values,
            cancellationToken);
        var row = new StoredRow(reader, Table);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (TryRead(row, reporter) is { } quarantined)
                yield return quarantined;
        }
    }

    private static QuarantinedRow? TryRead(StoredRow row, IRunReporter reporter)
    {
        try
        {
            return new QuarantinedRow(row.Text(0), row.Text(1), row.TextOrNull(2), row.Text(3), row.Text(4), row.Flag(5));
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.LogRowUnreadable)
        {
            reporter.Unreadable(failure);
            return null;
        }
    }
}
