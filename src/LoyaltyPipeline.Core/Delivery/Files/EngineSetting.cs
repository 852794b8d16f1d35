using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Delivery.Files;

/// <summary>A setting of the engine that holds until it is disposed.</summary>
internal sealed class EngineSetting : IAsyncDisposable
{
    private readonly IWarehouseSession _session;
    private readonly string? _reset;

    private EngineSetting(IWarehouseSession session, string? reset)
    {
        _session = session;
        _reset = reset;
    }

    /// <summary>Sets it.</summary>
    /// <param name="session">The session, at rest both now and when the setting is disposed.</param>
    /// <param name="set">The statement that sets it; null where the engine has no such thing.</param>
    /// <param name="reset">The statement that takes it back.</param>
    public static async Task<EngineSetting> SetAsync(
        IWarehouseSession session, string? set, string? reset, CancellationToken cancellationToken)
    {
        if (set is not null)
            await session.ExecuteAsync(set, cancellationToken);
        return new EngineSetting(session, reset);
    }

    public async ValueTask DisposeAsync()
    {
        if (_reset is null)
            return;
        try
        {
            // After a failure the transaction at hand takes no more statements.
            await _session.RollbackAsync();
            await _session.ExecuteAsync(_reset, CancellationToken.None);
        }
        catch (LoyaltyException)
        {
            // The engine that was set is gone. The work is done, or its failure comes first.
        }
    }
}
