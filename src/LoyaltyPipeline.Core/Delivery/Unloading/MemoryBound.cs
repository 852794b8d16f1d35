using System.Globalization;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Delivery.Unloading;

/// <summary>
/// Keeps the engine's memory small while a delivery lasts: it writes files of a fixed size, one after the other, and would otherwise keep all that it
/// reads. What does not fit is spilled to disk, which costs no time worth mentioning. No merge runs meanwhile: the run's lock is held.
/// </summary>
internal sealed class MemoryBound : IAsyncDisposable
{
    // A sort needs some for each thread.
    private const int MegabytesPerCore = 112;

    private readonly IWarehouseSession _session;

    private MemoryBound(IWarehouseSession session) => _session = session;

    /// <summary>Bounds the memory until it is disposed.</summary>
    public static async Task<MemoryBound> SetAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        if (session.Dialect.BoundMemoryFormat is { } format)
            await session.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, format, MegabytesPerCore * Math.Max(2, Environment.ProcessorCount)), cancellationToken);
        return new MemoryBound(session);
    }

    public async ValueTask DisposeAsync()
    {
        if (_session.Dialect.UnboundMemory is { } statement)
            await _session.ExecuteAsync(statement, CancellationToken.None);
    }
}
