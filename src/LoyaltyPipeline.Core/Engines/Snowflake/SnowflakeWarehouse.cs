using System.Data.Common;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Engines.Snowflake;

/// <summary>A database of a Snowflake account.</summary>
public sealed class SnowflakeWarehouse : IWarehouse
{
    private const int Attempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly DbProviderFactory _driver;
    private readonly SnowflakeConnection _connection;
    private readonly SnowflakeErrors _errors;
    private readonly AccountSettings _settings;
    private RunHolder? _holder;
    private int _closed;

    private SnowflakeWarehouse(DbProviderFactory driver, SnowflakeConnection connection, AccountSettings settings)
    {
        _driver = driver;
        _connection = connection;
        _errors = new SnowflakeErrors(connection);
        _settings = settings;
    }

    /// <inheritdoc/>
    public SqlDialect Dialect => SnowflakeDialect.Instance;

    /// <inheritdoc/>
    public string Location => _connection.Location;

    /// <summary>The run of this process that holds the lock of the warehouse; null where none does.</summary>
    internal RunHolder? Holder => Volatile.Read(ref _holder);

    /// <summary>Connects, with the driver that is beside the module.</summary>
    /// <param name="settings">Where to, and who.</param>
    /// <exception cref="LoyaltyException"><c>SnowflakeDriverMissing</c>, <c>SnowflakeConnectionInvalid</c>, <c>WarehouseLoginDenied</c>,
    /// <c>WarehouseUnavailable</c>.</exception>
    public static Task<SnowflakeWarehouse> OpenAsync(AccountSettings settings, CancellationToken cancellationToken)
    {
        // What the user gave is looked at first: it costs nothing.
        var connection = SnowflakeConnection.Create(settings);
        return OpenAsync(SnowflakeDriver.Load(), connection, settings, cancellationToken);
    }

    /// <summary>Connects with a driver.</summary>
    /// <param name="settings">Where to, and who.</param>
    /// <exception cref="LoyaltyException"><c>SnowflakeConnectionInvalid</c>, <c>WarehouseLoginDenied</c>,
    /// <c>WarehouseUnavailable</c>.</exception>
    public static Task<SnowflakeWarehouse> OpenAsync(
        DbProviderFactory driver, AccountSettings settings, CancellationToken cancellationToken) =>
        OpenAsync(driver, SnowflakeConnection.Create(settings), settings, cancellationToken);

    /// <inheritdoc/>
    public async Task<IWarehouseSession> OpenSessionAsync(CancellationToken cancellationToken)
    {
        if (_closed != 0)
            throw LoyaltyErrors.WarehouseClosed.Because($"The warehouse {Location} was disconnected.", Location);
        // Nothing has been asked yet, so asking again does no harm.
        for (var attempt = 1; ; attempt++)
        {
            var connection = _driver.CreateConnection()
                ?? throw LoyaltyErrors.SnowflakeDriverMissing.Because("The Snowflake driver makes no connection.");
            try
            {
                connection.ConnectionString = _connection.Text;
                await connection.OpenAsync(cancellationToken);
                return await SnowflakeSession.StartAsync(this, connection, _errors, _settings, cancellationToken);
            }
            catch (Exception exception) when (exception is not LoyaltyException)
            {
                await connection.DisposeAsync();
                if (attempt == Attempts || !new SnowflakeFailure(exception).IsConnectionLost || cancellationToken.IsCancellationRequested)
                    throw _errors.OfOpening(exception, cancellationToken);
            }

            await Task.Delay(Pause * attempt, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<StorageCompaction> CompactAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new StorageCompaction(Location, StorageCleanup.ByEngine));

    /// <inheritdoc/>
    public Task<WarehouseCopy> CopyAsync(string path, CancellationToken cancellationToken) =>
        throw LoyaltyErrors.BackupNotSupported.Because($"{Location} is kept by Snowflake, and is no file to copy.", Location);

    /// <inheritdoc/>
    public void Announce(RunHolder? holder) => Volatile.Write(ref _holder, holder);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _closed, 1);
        return ValueTask.CompletedTask;
    }

    private static async Task<SnowflakeWarehouse> OpenAsync(
        DbProviderFactory driver, SnowflakeConnection connection, AccountSettings settings, CancellationToken cancellationToken)
    {
        var warehouse = new SnowflakeWarehouse(driver, connection, settings);
        // Whoever cannot get in is told now, not by the first run.
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        return warehouse;
    }
}
