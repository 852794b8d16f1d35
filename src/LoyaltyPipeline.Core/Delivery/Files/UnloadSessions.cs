using System.Collections.Concurrent;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>Sessions that write files side by side, each for one file at a time.</summary>
/// <param name="form">What the sessions must know.</param>
/// <param name="limit">How many there may be.</param>
internal sealed class UnloadSessions(IWarehouse warehouse, DeliveryForm form, int limit) : IAsyncDisposable
{
    private readonly ConcurrentBag<IWarehouseSession> _idle = [];
    private readonly SemaphoreSlim _places = new(limit);

    /// <summary>Does something with a session, once one is free.</summary>
    /// <param name="work">What is done.</param>
    public async Task<T> RunAsync<T>(Func<IWarehouseSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            var session = _idle.TryTake(out var idle) ? idle : await OpenAsync(cancellationToken);
            try
            {
                return await work(session);
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
