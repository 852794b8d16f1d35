using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Merging;

namespace LoyaltyPipeline.Crashes.Works;

/// <summary>Replays the last days, of which one was merged before. A unit is a day.</summary>
internal sealed class ReplayWork : Work
{
    public override string Name => "replay";

    protected override async Task PrepareAsync(IWarehouse warehouse, string landing, CancellationToken cancellationToken)
    {
        await FillAsync(warehouse, cancellationToken);
        await MergeAsync(warehouse, Sample.LastDay.AddDays(-2), cancellationToken);
    }

    protected override async IAsyncEnumerable<object> UnitsAsync(
        IWarehouse warehouse, string landing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new ReplayOptions(Sample.LastDay.AddDays(-3), Sample.LastDay, Force: true, OnlyMissing: true);
        await foreach (var result in new ReplayRunner(Pipeline).RunAsync(warehouse, options, Reporter, cancellationToken))
            yield return result;
    }
}
