using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity.Checks;

namespace LoyaltyPipeline.Core.Integrity.Scanning;

/// <summary>Computes the aggregates of all checks with one scan per table.</summary>
/// <param name="context">The warehouse; it keeps what is computed.</param>
/// <param name="snapshot">What is read belongs to one state of the warehouse.</param>
internal sealed class TableScanner(CheckContext context, ReadSnapshot snapshot)
{
    /// <summary>Scans a table.</summary>
    /// <param name="measures">The aggregates, all of that table.</param>
    public async Task ScanAsync(string relation, IReadOnlyList<Measure> measures, CancellationToken cancellationToken)
    {
        if (await TryScanAsync(relation, measures, cancellationToken) is not { } failure)
            return;
        if (measures.Count == 1)
        {
            context.Keep(measures[0], failure);
            return;
        }

        // One of them cannot be computed; the others must not suffer for it.
        foreach (var measure in measures)
            await ScanAsync(relation, [measure], cancellationToken);
    }

    private async Task<LoyaltyException?> TryScanAsync(
        string relation, IReadOnlyList<Measure> measures, CancellationToken cancellationToken)
    {
        try
        {
            var values = await context.Session.ListAsync(
                $"SELECT {SqlText.List(measures.Select(measure => measure.Expression))} FROM {relation} AS r",
                [],
                reader => Enumerable.Range(0, measures.Count).Select(reader.ValueAt).ToList(),
                cancellationToken);
            foreach (var (measure, value) in measures.Zip(values[0]))
                context.Keep(measure, value);
            return null;
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.QueryFailed
            || failure.Definition == LoyaltyErrors.QueryCancelled)
        {
            await snapshot.RenewAsync(cancellationToken);
            return failure;
        }
    }
}
