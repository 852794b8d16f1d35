namespace LoyaltyPipeline.Core.Engines;

/// <summary>An open warehouse.</summary>
public interface IWarehouse : IAsyncDisposable
{
    /// <summary>What the engine can do.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Where the warehouse is: a file path or an account.</summary>
    string Location { get; }

    /// <summary>Whether nothing can be written into it.</summary>
    bool IsReadOnly => false;

    /// <summary>Opens a session. Temporary tables and transactions belong to one session.</summary>
    /// <returns>The session, to be disposed.</returns>
    /// <exception cref="Errors.LoyaltyException"><c>WarehouseClosed</c>, <c>WarehouseUnavailable</c>, <c>WarehouseFileLost</c>.</exception>
    Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Rebuilds the storage, so that no byte of what was deleted is left in it. Whoever asks holds the lock of the warehouse, and no other
    /// session. Where somebody is in the way, nothing has changed, and it is still due.
    /// </summary>
    /// <param name="cancellationToken">Gives up; the warehouse is then as before.</param>
    Task<StorageCompaction> CompactAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes a copy of the warehouse into a file, one state of it, and makes sure that the copy is whole. Whoever asks holds the lock of
    /// the warehouse; in the copy it is free.
    /// </summary>
    /// <param name="path">The full path of a file that is not there.</param>
    /// <param name="cancellationToken">Gives up; there is no file then.</param>
    /// <exception cref="Errors.LoyaltyException"><c>BackupNotSupported</c>, <c>BackupFailed</c>, <c>BackupExists</c>.</exception>
    Task<WarehouseCopy> CopyAsync(string path, CancellationToken cancellationToken);

    /// <summary>Lets others know who writes the warehouse, where its engine keeps them from looking into it meanwhile.</summary>
    /// <param name="holder">The run; null when it has ended.</param>
    /// <exception cref="Errors.LoyaltyException"><c>WarehouseUnavailable</c>, <c>FileInUse</c>: it cannot be said that a run begins. That
    /// one has ended always can.</exception>
    void Announce(RunHolder? holder);
}
