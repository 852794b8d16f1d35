using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>Builds the Master of a day in a temporary table.</summary>
internal static class MasterStage
{
    private const int KeysNamed = 5;

    /// <summary>Runs the script and checks its columns and its key.</summary>
    /// <returns>The number of users.</returns>
    /// <exception cref="LoyaltyException"><c>MasterScriptInvalid</c>, <c>DuplicateKey</c>, <c>QueryFailed</c>.</exception>
    public static async Task<long> BuildAsync(
        IWarehouseSession session, MasterScript script, CatalogTable master, string select, CancellationToken cancellationToken)
    {
        await RunAsync(session, script, select, cancellationToken);
        script.CheckColumns(master, session.Dialect, (await SchemaReader.ReadTemporaryAsync(session, MergeTables.Stage, cancellationToken)).Columns);
        var (rows, keys) = (await session.ListAsync(
            $"SELECT COUNT(*), COUNT(DISTINCT USER_ID) FROM {MergeTables.Stage}", [], reader => (reader.LongAt(0), reader.LongAt(1)), cancellationToken))[0];
        if (rows != keys)
            throw await DuplicateKeysAsync(session, cancellationToken);
        return rows;
    }

    private static async Task RunAsync(IWarehouseSession session, MasterScript script, string select, CancellationToken cancellationToken)
    {
        try
        {
            await session.ExecuteAsync(MergeTables.DropAndCreate(MergeTables.Stage, $"AS {select}"), cancellationToken);
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed)
        {
            await script.CheckPlanAsync(session, select, cancellationToken);
            throw;
        }
    }

    private static async Task<LoyaltyException> DuplicateKeysAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var keys = await session.ListAsync(
            $"SELECT CAST(USER_ID AS VARCHAR) FROM {MergeTables.Stage} GROUP BY USER_ID HAVING COUNT(*) > 1 OR USER_ID IS NULL ORDER BY USER_ID LIMIT {KeysNamed}",
            [],
            reader => reader.TextAt(0) ?? "NULL",
            cancellationToken);
        return LoyaltyErrors.DuplicateKey.Because($"Master would have more than one row, or none it can name, for USER_ID {SqlText.List(keys)}.", keys);
    }
}
