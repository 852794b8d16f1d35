using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Crashes.Works;

/// <summary>Merges a day between two that were merged before. It is one unit.</summary>
internal sealed class MergeWork : Work
{
    public override string Name => "merge";

    protected override async Task PrepareAsync(IWarehouse warehouse, string landing, CancellationToken cancellationToken)
    {
        await FillAsync(warehouse, cancellationToken);
        await MergeAsync(warehouse, Sample.LastDay.AddDays(-20), cancellationToken);
        await MergeAsync(warehouse, Sample.LastDay, cancellationToken);
    }

    protected override async IAsyncEnumerable<object> UnitsAsync(
        IWarehouse warehouse, string landing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await MergeAsync(warehouse, Sample.LastDay.AddDays(-10), cancellationToken);
    }
}
