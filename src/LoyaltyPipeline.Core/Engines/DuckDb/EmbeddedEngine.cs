namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>A DuckDB in memory that reads and writes files for a warehouse whose engine cannot reach this machine's.</summary>
internal sealed class EmbeddedEngine : IAsyncDisposable
{
    private readonly DuckDbWarehouse _warehouse;

    private EmbeddedEngine(DuckDbWarehouse warehouse, DuckDbSession session)
    {
        _warehouse = warehouse;
        Session = session;
    }

    public DuckDbSession Session { get; }

    /// <summary>Starts one.</summary>
    /// <returns>The engine, to be disposed.</returns>
    public static async Task<EmbeddedEngine> OpenAsync(CancellationToken cancellationToken)
    {
        var warehouse = await DuckDbWarehouse.OpenAsync(DuckDbDatabase.InMemory, cancellationToken);
        try
        {
            return new EmbeddedEngine(warehouse, (DuckDbSession)await warehouse.OpenSessionAsync(cancellationToken));
        }
        catch
        {
            await warehouse.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _warehouse.DisposeAsync();
    }
}
