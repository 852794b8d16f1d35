using System.Collections.Concurrent;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Delivery.Unloading;

/// <summary>Sessions that write files side by side, each for one file at a time.</summary>
/// <param name="warehouse">The warehouse.</param>
/// <param name="form">What the sessions must know.</param>
/// <param name="limit">How many there may be.</param>
internal sealed class UnloadSessions(IWarehouse warehouse, DeliveryForm form, int limit) : IAsyncDisposable
{
    private readonly ConcurrentBag<IWarehouseSession> _idle = [];
    private readonly SemaphoreSlim _places = new(limit);

    /// <summary>Has a session write a file, once one is free.</summary>
    /// <param name="write">Writes the file and counts its rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The number of rows.</returns>
    public async Task<long> WriteAsync(Func<IWarehouseSession, Task<long>> write, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            var session = _idle.TryTake(out var idle) ? idle : await OpenAsync(cancellationToken);
            try
            {
                return await write(session);
            }
            finally
            {
                _idle.Add(session);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _idle)
            await session.DisposeAsync();
        _places.Dispose();
    }

    private async Task<IWarehouseSession> OpenAsync(CancellationToken cancellationToken)
    {
        var session = await warehouse.OpenSessionAsync(cancellationToken);
        try
        {
            await form.PrepareAsync(session, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
