using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Engines;

/// <summary>Opens warehouses: the one place that knows which engines there are.</summary>
public static class WarehouseConnector
{
    /// <summary>Name of the engine whose warehouses are files.</summary>
    public const string FileEngine = DuckDbDialect.Name;

    /// <summary>Name of the engine whose warehouses are in an account.</summary>
    public const string AccountEngine = SnowflakeDialect.Name;

    /// <summary>The place of a warehouse that lasts as long as it is open.</summary>
    public const string InMemory = DuckDbDatabase.InMemory;

    /// <summary>Opens a warehouse that is a file.</summary>
    /// <param name="path">The full path; a file that is not there is made. Or <see cref="InMemory"/>.</param>
    /// <param name="wait">How long to wait while another process has it open.</param>
    /// <param name="isReadOnly">Whether nothing can be written into it; it must then be there.</param>
    /// <returns>The warehouse, to be disposed.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseUnavailable</c>, <c>WarehouseBusy</c>, <c>RunLocked</c>.</exception>
    public static async Task<IWarehouse> OpenFileAsync(
        string path, LockWait wait, IRunReporter reporter, bool isReadOnly, CancellationToken cancellationToken) =>
        await DuckDbWarehouse.OpenAsync(path, wait, reporter, isReadOnly, cancellationToken);

    /// <summary>Opens a warehouse in an account.</summary>
    /// <param name="settings">Which, and who connects.</param>
    /// <returns>The warehouse, to be disposed.</returns>
    /// <exception cref="LoyaltyException"><c>SnowflakeDriverMissing</c>, <c>SnowflakeConnectionInvalid</c>,
    /// <c>WarehouseUnavailable</c>.</exception>
    public static async Task<IWarehouse> OpenAccountAsync(AccountSettings settings, CancellationToken cancellationToken) =>
        await SnowflakeWarehouse.OpenAsync(settings, cancellationToken);

    /// <summary>Makes sure that a path can be the one of a warehouse, without opening it.</summary>
    /// <exception cref="LoyaltyException"><c>WarehouseUnavailable</c>.</exception>
    public static void DemandPlace(string path) => DuckDbWarehouse.Locate(path);

    /// <summary>The connections to accounts that this user has set up.</summary>
    public static IEnumerable<string> ConnectionNames() => SnowflakeConnectionsFile.Names();

    /// <summary>The files that a warehouse consists of.</summary>
    /// <param name="location">Where the warehouse is.</param>
    /// <returns>Full paths, whether the files are there or not; none of a warehouse elsewhere.</returns>
    internal static IEnumerable<string> FilesOf(string location) => DuckDbWarehouse.FilesOf(location);
}
