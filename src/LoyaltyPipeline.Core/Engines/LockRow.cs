using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>The one row of RUN_LOCK: who has it writes the warehouse.</summary>
internal static class LockRow
{
    private const string Name = "RUN";

    public static TableName Table { get; } = new(LoyaltyCatalog.WarehouseSchema, "RUN_LOCK");

    /// <summary>The condition that finds the row.</summary>
    public static string Condition => $"LOCK_NAME = '{Name}'";

    /// <summary>The statement that makes the row where it is not there yet.</summary>
    public static string SeedSql =>
        $"INSERT INTO {Table} (LOCK_NAME) SELECT '{Name}' WHERE NOT EXISTS (SELECT 1 FROM {Table} WHERE {Condition})";

    /// <summary>
    /// The statement that sets the lock free, whoever holds it. Without a run the other columns mean nothing, and a warehouse of an earlier
    /// version lacks some of them.
    /// </summary>
    /// <param name="database">The name of the database with a dot behind it.</param>
    public static string FreeSql(string database) => $"UPDATE {database}{Table} SET RUN_ID = NULL";

    /// <summary>SQL of the engine's time, in UTC.</summary>
    public static string Now(SqlDialect dialect) => $"CAST(CURRENT_TIMESTAMP AS {dialect.TimestampType})";

    /// <summary>SQL that puts the end of the lease off.</summary>
    /// <param name="length">For how long.</param>
    /// <returns>The SQL of an assignment.</returns>
    public static string Renewal(SqlDialect dialect, TimeSpan length) =>
        string.Create(
            CultureInfo.InvariantCulture, $"EXPIRES_AT = {Now(dialect)} + INTERVAL '{(long)Math.Ceiling(length.TotalSeconds)} seconds'");

    /// <summary>
    /// Makes sure, inside a transaction and before its commit, that the run still holds the lock. Until the transaction ends nobody else
    /// can take it: the row is changed.
    /// </summary>
    /// <param name="session">The session of the transaction.</param>
    /// <returns>When it is sure.</returns>
    /// <exception cref="LoyaltyException"><c>RunLockLost</c>.</exception>
    public static async Task ConfirmAsync(IWarehouseSession session, RunHolder holder, CancellationToken cancellationToken)
    {
        if (await session.ExecuteAsync(
            $"UPDATE {Table} SET EXPIRES_AT = EXPIRES_AT WHERE {Condition} AND RUN_ID = ?", [holder.RunId], cancellationToken) != 1)
            throw LoyaltyErrors.RunLockLost.Because(
                $"The run {holder.RunId} no longer holds the lock of the warehouse: it was silent for too long, and another run has taken it.", holder.RunId);
    }
}
