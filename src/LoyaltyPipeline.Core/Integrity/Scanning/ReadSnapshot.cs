using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Integrity.Scanning;

/// <summary>One state of the warehouse, in which nothing can be written. Merges go on beside it.</summary>
internal sealed class ReadSnapshot(IWarehouseSession session)
{
    /// <summary>Takes it.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => session.BeginReadAsync(cancellationToken);

    /// <summary>Takes another after a statement has failed, which on some engines spoils the one at hand.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await session.RollbackAsync();
        await session.BeginReadAsync(cancellationToken);
    }
}
