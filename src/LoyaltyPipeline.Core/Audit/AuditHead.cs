using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Audit;

/// <summary>Where a chain ends: how many entries it has, and the hash of the last one. A row of AUDIT_HEAD for each chain.</summary>
internal sealed record AuditHead(string Chain, long Entries, string Hash)
{
    public static TableName Table { get; } = new(LoyaltyCatalog.WarehouseSchema, "AUDIT_HEAD");

    /// <summary>The statement that makes the rows which are not there yet.</summary>
    public static string SeedSql =>
        $"""
        INSERT INTO {Table} (CHAIN, ENTRIES, ENTRY_HASH)
        SELECT c.CHAIN, 0, '{AuditRow.NoHash}'
        FROM (SELECT '{nameof(AuditChain.Runs)}' AS CHAIN UNION ALL SELECT '{nameof(AuditChain.Beside)}' AS CHAIN) AS c
        WHERE c.CHAIN NOT IN (SELECT h.CHAIN FROM {Table} AS h WHERE h.CHAIN IS NOT NULL)
        """;

    /// <summary>Reads the heads that there are.</summary>
    public static Task<IReadOnlyList<AuditHead>> ListAsync(IWarehouseSession session, CancellationToken cancellationToken) =>
        session.ListAsync(
            $"SELECT CHAIN, ENTRIES, ENTRY_HASH FROM {Table} ORDER BY CHAIN", [],
            reader => new AuditHead(reader.TextAt(0) ?? string.Empty, reader.LongAt(1), reader.TextAt(2) ?? string.Empty),
            cancellationToken);

    /// <summary>Where the chain ends, as people write it down: chain, number of entries and hash.</summary>
    public override string ToString() => $"{Chain} {Entries} {Hash}";
}
