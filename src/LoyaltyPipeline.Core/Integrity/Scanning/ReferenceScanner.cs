using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity.Checks;

namespace LoyaltyPipeline.Core.Integrity.Scanning;

/// <summary>Looks up the values of all columns that refer to one other column in a single pass.</summary>
/// <param name="context">The warehouse; it keeps what is counted.</param>
/// <param name="snapshot">What is read belongs to one state of the warehouse.</param>
internal sealed class ReferenceScanner(CheckContext context, ReadSnapshot snapshot)
{
    /// <summary>Counts the values that are found. Where that fails, nothing is kept, and each check looks for itself.</summary>
    /// <param name="probes">Columns that refer to the same column.</param>
    public async Task ScanAsync(IReadOnlyList<ReferenceProbe> probes, CancellationToken cancellationToken)
    {
        var rows = probes.Select((probe, index) =>
            $"SELECT {index} AS PROBE, {probe.Column} AS VALUE FROM {probe.Relation} AS r WHERE {probe.Column} IS NOT NULL");
        try
        {
            var counts = await context.Session.ListAsync(
                $"""
                SELECT PROBE, COUNT(*)
                FROM ({string.Join(" UNION ALL ", rows)}) AS a
                WHERE a.VALUE IN (
                    SELECT {probes[0].TargetColumn} FROM {probes[0].Target} AS t WHERE {probes[0].TargetColumn} IS NOT NULL)
                GROUP BY PROBE
                """,
                [],
                reader => (Probe: (int)reader.LongAt(0), Matches: reader.LongAt(1)),
                cancellationToken);
            for (var index = 0; index < probes.Count; index++)
                context.Keep(probes[index], counts.FirstOrDefault(count => count.Probe == index).Matches);
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed
            || failure.Definition == LoyaltyErrors.QueryCancelled)
        {
            await snapshot.RenewAsync(cancellationToken);
        }
    }
}
