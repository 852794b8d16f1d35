using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Subjects;

namespace LoyaltyPipeline.Crashes.Works;

/// <summary>Erases users, and puts a file without their bytes in the place of the warehouse's. It is one unit.</summary>
internal sealed class EraseWork : Work
{
    public override string Name => "erase";

    protected override async Task PrepareAsync(IWarehouse warehouse, string landing, CancellationToken cancellationToken)
    {
        await FillAsync(warehouse, cancellationToken);
        await MergeAsync(warehouse, Sample.LastDay.AddDays(-1), cancellationToken);
        await MergeAsync(warehouse, Sample.LastDay, cancellationToken);
        // Hashes are the same each time.
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await session.ExecuteAsync(
            "INSERT INTO LOYALTY.ERASURE_KEY VALUES (1, 'key', TIMESTAMP '2026-01-01', FALSE)", [], cancellationToken);
    }

    protected override async IAsyncEnumerable<object> UnitsAsync(
        IWarehouse warehouse, string landing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var results = await new UserEraser(Pipeline).EraseAsync(
            warehouse, new EraseOptions([.. Enumerable.Range(1, 30).Select(user => (long)user)]), Reporter, cancellationToken);
        yield return results;
    }
}
