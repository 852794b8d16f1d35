using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Merging;

namespace LoyaltyPipeline.Crashes.Works;

/// <summary>Thins the history of some days. It is one unit.</summary>
internal sealed class CompressWork : Work
{
    public override string Name => "compress";

    protected override async Task PrepareAsync(IWarehouse warehouse, string landing, CancellationToken cancellationToken)
    {
        await FillAsync(warehouse, cancellationToken);
        var options = new ReplayOptions(Sample.LastDay.AddDays(-7), Sample.LastDay, Force: true);
        await foreach (var _ in new ReplayRunner(Pipeline).RunAsync(warehouse, options, Reporter, cancellationToken))
        {
            // Only to have some days.
        }
    }

    protected override async IAsyncEnumerable<object> UnitsAsync(
        IWarehouse warehouse, string landing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new CompressOptions(new RetentionRule(KeepDaily: 2, ThenMonthly: true));
        yield return await new HistoryCompressor(Pipeline).CompressAsync(warehouse, options, Reporter, cancellationToken);
    }
}
