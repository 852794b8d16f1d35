using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Erasure;

/// <summary>
/// Users who were erased, known by a keyed hash of their id alone: ERASURE. The key never stands in a statement. As long as nobody was
/// erased, nothing is hashed.
/// </summary>
internal static class ErasedUsers
{
    public const string Table = "LOYALTY.ERASURE";
    public const string KeyTable = "LOYALTY.ERASURE_KEY";

    /// <summary>The tables of erasures, which a warehouse of an earlier version lacks.</summary>
    public static readonly string[] Tables = [Table, KeyTable];

    /// <summary>Whether anybody was erased.</summary>
    /// <param name="tables">The tables that there are.</param>
    public static async Task<bool> AnyAsync(
        IWarehouseSession session, IReadOnlyDictionary<string, TableShape> tables, CancellationToken cancellationToken) =>
        Tables.All(tables.ContainsKey) && await session.CountAsync($"SELECT COUNT(*) FROM {Table}", cancellationToken) > 0;

    /// <summary>SQL of those of some users who were erased: USER_ID.</summary>
    /// <param name="users">SQL of the users: USER_ID, each once.</param>
    public static string Among(SqlDialect dialect, string users) =>
        $"SELECT u.USER_ID FROM {Hashed(dialect, users)} AS u JOIN {Table} AS e ON e.USER_HASH = u.USER_HASH";

    /// <summary>SQL of a subquery that hashes users: USER_ID and USER_HASH.</summary>
    /// <param name="users">SQL of the users: USER_ID, each once.</param>
    public static string Hashed(SqlDialect dialect, string users)
    {
        var inner = dialect.Sha256("k.HASH_KEY || CAST(i.USER_ID AS VARCHAR)");
        var hash = dialect.Sha256($"k.HASH_KEY || {inner}");
        return $"(SELECT i.USER_ID, {hash} AS USER_HASH FROM ({users}) AS i CROSS JOIN {KeyTable} AS k)";
    }
}
