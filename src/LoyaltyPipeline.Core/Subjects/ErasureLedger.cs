using System.Security.Cryptography;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Erasure;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Writes who was erased: ERASURE and its key.</summary>
internal sealed class ErasureLedger(IWarehouseSession session)
{
    private const int KeyBytes = 32;

    private string Hashed => ErasedUsers.Hashed(session.Dialect, SubjectSql.Of);

    /// <summary>Finds out which users of the session were erased before.</summary>
    public async Task<IReadOnlySet<long>> ErasedAsync(CancellationToken cancellationToken) =>
        (await session.ListAsync(
            ErasedUsers.Among(session.Dialect, SubjectSql.Of), [], reader => reader.LongAt(0), cancellationToken)).ToHashSet();

    /// <summary>When the one user of the session was erased.</summary>
    /// <returns>The time (UTC); null where the user was not.</returns>
    public async Task<DateTime?> ErasedAtAsync(CancellationToken cancellationToken) =>
        (await session.ListAsync(
            $"SELECT MAX(e.ERASED_AT) FROM {Hashed} AS h JOIN {ErasedUsers.Table} AS e ON e.USER_HASH = h.USER_HASH", [],
            reader => reader.TimeAt(0), cancellationToken))[0];

    /// <summary>Makes the key, where there is none.</summary>
    public async Task DemandKeyAsync(DateTime at, CancellationToken cancellationToken)
    {
        if (await session.CountAsync($"SELECT COUNT(*) FROM {ErasedUsers.KeyTable}", cancellationToken) > 0)
            return;
        await session.ExecuteAsync(
            $"INSERT INTO {ErasedUsers.KeyTable} (KEY_NUMBER, HASH_KEY, MADE_AT, COMPACTION_DUE) VALUES (1, ?, ?, FALSE)",
            [Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)), at], cancellationToken);
    }

    /// <summary>Notes the users of the session as erased, whoever of them is not yet.</summary>
    public Task AddAsync(string runId, DateTime at, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        INSERT INTO {ErasedUsers.Table} (USER_HASH, ERASED_AT, RUN_ID)
        SELECT h.USER_HASH, ?, ? FROM {Hashed} AS h WHERE h.USER_HASH NOT IN (SELECT USER_HASH FROM {ErasedUsers.Table})
        """,
        [at, runId], cancellationToken);

    /// <summary>Takes the erasure of the users of the session back.</summary>
    public Task RemoveAsync(CancellationToken cancellationToken) => session.ExecuteAsync(
        $"DELETE FROM {ErasedUsers.Table} WHERE USER_HASH IN (SELECT h.USER_HASH FROM {Hashed} AS h)", cancellationToken);

    /// <summary>Says whether the storage is still to be rebuilt.</summary>
    public Task SetDueAsync(bool isDue, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"UPDATE {ErasedUsers.KeyTable} SET COMPACTION_DUE = ?", [isDue], cancellationToken);

    /// <summary>Whether the storage is still to be rebuilt.</summary>
    public async Task<bool> IsDueAsync(CancellationToken cancellationToken) =>
        await session.CountAsync($"SELECT COUNT(*) FROM {ErasedUsers.KeyTable} WHERE COMPACTION_DUE", cancellationToken) > 0;
}
