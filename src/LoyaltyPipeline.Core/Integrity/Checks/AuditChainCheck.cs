using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>
/// Whether the audit trail is as it was written: no entry changed, removed, added or moved, its end not cut off, and each run of the log in
/// it.
/// </summary>
internal sealed class AuditChainCheck(CatalogTable table) : Check(new CheckDefinition(
    $"{table}.chain", CheckSuite.History, table.Name, Column: null, "the trail is not as it was written", CheckThreshold.FailsOnAny, "faults"))
{
    public override IEnumerable<TableNeed> Needs =>
    [
        new TableNeed(table.Name, [.. table.Columns.Select(column => column.Name)]),
        new TableNeed(AuditHead.Table, ["CHAIN", "ENTRIES", "ENTRY_HASH"]),
        new TableNeed(new TableName(LoyaltyCatalog.WarehouseSchema, "RUN"), ["RUN_ID", "KIND", "STATUS"]),
    ];

    public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var found = await new AuditVerification(context.Session).RunAsync(cancellationToken);
        var heads = string.Join("; ", found.Heads);
        return new Finding
        {
            Violations = found.Faults,
            Total = found.Entries,
            Sample = found.Examples,
            Message = found.Faults == 0
                ? $"{found.Entries} entries, each follows the one before it; written down elsewhere, this tells later whether they are still "
                    + $"the same: {heads}"
                : $"{found.Faults} faults in {found.Entries} entries, the first: {found.Examples[0]}. The trail tells where, not what was "
                    + $"there: compare with a copy of the warehouse. Heads: {heads}",
        };
    }
}
