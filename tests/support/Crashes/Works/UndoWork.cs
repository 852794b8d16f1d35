using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Undoing;

namespace LoyaltyPipeline.Crashes.Works;

/// <summary>Takes back the newest day, then one between two others. A unit is a day.</summary>
internal sealed class UndoWork : Work
{
    public override string Name => "undo";

    protected override async Task PrepareAsync(IWarehouse warehouse, string landing, CancellationToken cancellationToken)
    {
        await FillAsync(warehouse, cancellationToken);
        foreach (var daysAgo in (int[])[20, 10, 5, 0])
            await MergeAsync(warehouse, Sample.LastDay.AddDays(-daysAgo), cancellationToken);
    }

    protected override async IAsyncEnumerable<object> UnitsAsync(
        IWarehouse warehouse, string landing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var day in new[] { Sample.LastDay, Sample.LastDay.AddDays(-10) })
        {
            if (await IsWrittenAsync(warehouse, day, cancellationToken))
                yield return await new MergeUndoer(Pipeline).UndoAsync(warehouse, new UndoOptions(day), Reporter, cancellationToken);
        }
    }

    // Of what was interrupted, whoever goes on asks what is left.
    private static async Task<bool> IsWrittenAsync(IWarehouse warehouse, DateOnly day, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        return (await SnapshotDay.ListAsync(session, cancellationToken)).Contains(day);
    }
}
