using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Benchmarks.Recording;

/// <summary>A warehouse that keeps what is asked of it.</summary>
internal sealed class RecordingWarehouse(IWarehouse warehouse, StatementRecorder recorder) : IWarehouse
{
    public SqlDialect Dialect => warehouse.Dialect;

    public string Location => warehouse.Location;

    public async Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken) =>
        new RecordingSession(await warehouse.OpenSessionAsync(cancellationToken), recorder, recorder.Open());

    public Task<StorageCompaction> CompactAsync(CancellationToken cancellationToken) => warehouse.CompactAsync(cancellationToken);

    public Task<WarehouseCopy> CopyAsync(string path, CancellationToken cancellationToken) => warehouse.CopyAsync(path, cancellationToken);

    public void Announce(RunHolder? holder) => warehouse.Announce(holder);

    public ValueTask DisposeAsync() => warehouse.DisposeAsync();
}
