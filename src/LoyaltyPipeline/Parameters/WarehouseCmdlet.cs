using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Parameters;

/// <summary>A cmdlet that works on a warehouse.</summary>
public abstract class WarehouseCmdlet : AsyncCmdlet
{
    private const string LocationVariable = "LOYALTY_WAREHOUSE";

    private LoyaltyWarehouse? _own;

    /// <summary>
    /// The warehouse: what Connect-LoyaltyWarehouse returned, the path of a DuckDB file or the name of a Snowflake connection in
    /// connections.toml, which is opened for this cmdlet only. Where it is not given, the one that is connected, or else the file or
    /// connection that the environment variable LOYALTY_WAREHOUSE names.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WarehouseTransformation]
    [ValidateNotNull]
    public virtual LoyaltyWarehouse? Warehouse { get; set; }

    /// <summary>
    /// How long to wait while another process has the warehouse open or another run writes it: seconds, or a time such as 00:10:00. By
    /// default not at all.
    /// </summary>
    [Parameter]
    [LockTimeoutTransformation]
    public TimeSpan LockTimeout { get; set; }

    /// <summary>The warehouse that was named to the step before; null where none was.</summary>
    private protected LoyaltyWarehouse? PassedWarehouse { get; set; }

    /// <summary>The warehouse that was named, here or to the step before; null where it is the session's own.</summary>
    private protected LoyaltyWarehouse? NamedWarehouse => Warehouse ?? PassedWarehouse;

    /// <summary>Waits as long as the user allows, whatever for.</summary>
    private protected LockWait LockWait => field ??= new LockWait(LockTimeout);

    /// <summary>Whether a warehouse file that does not exist is made.</summary>
    protected virtual bool CreatesWarehouse => false;

    /// <summary>The warehouse to work on. It stays open as long as the cmdlet.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The warehouse; not to be disposed.</returns>
    /// <exception cref="LoyaltyException">
    /// <c>WarehouseNotConnected</c>, <c>WarehouseClosed</c>, <c>WarehouseBusy</c>, <c>RunLocked</c>, <c>WarehouseUnavailable</c>,
    /// <c>WarehouseNotInitialized</c>, <c>PathNotSupported</c>.
    /// </exception>
    protected async Task<IWarehouse> OpenWarehouseAsync(CancellationToken cancellationToken)
    {
        var chosen = await OnPipelineThreadAsync(Choose);
        if (chosen.IsConnected)
            return chosen.Connection;
        if (_own?.Location == chosen.Location)
            return _own.Connection;

        _own?.Dispose();
        if (chosen.ConnectionName is { } connection)
        {
            _own = new LoyaltyWarehouse(
                await WarehouseConnector.OpenAccountAsync(new AccountSettings { ConnectionName = connection }, cancellationToken));
            return _own.Connection;
        }

        var place = chosen.IsNew ? await PlaceOfNewAsync(chosen) : chosen.Location;
        _own = new LoyaltyWarehouse(await WarehouseConnector.OpenFileAsync(place, LockWait, Reporter, isReadOnly: false, cancellationToken));
        return _own.Connection;
    }

    /// <summary>Where the warehouse to work on is, whether or not it can be opened.</summary>
    private protected async Task<string> LocateWarehouseAsync() => (await OnPipelineThreadAsync(Choose)).Location;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _own?.Dispose();
        base.Dispose(disposing);
    }

    // Opening creates the file. -WhatIf writes nothing and plans on an empty warehouse in memory; a path with a slip in it is no wish for a
    // new file.
    private async Task<string> PlaceOfNewAsync(LoyaltyWarehouse chosen) => !CreatesWarehouse
        ? throw chosen.Absent()
        : await IsWhatIfAsync() ? LoyaltyWarehouse.InMemory : chosen.Location;

    private LoyaltyWarehouse Choose()
    {
        if ((NamedWarehouse ?? DefaultWarehouse.Of(Runspace.DefaultRunspace)) is { } chosen)
            return chosen.Resolve(SessionState);
        if (DefaultWarehouse.IsWanted(Runspace.DefaultRunspace))
        {
            throw LoyaltyErrors.WarehouseNotConnected.Because(
                "No warehouse is connected: the last Connect-LoyaltyWarehouse failed.",
                remedy: $"Run Connect-LoyaltyWarehouse again, give -Warehouse, or run Disconnect-LoyaltyWarehouse to work on what {LocationVariable} names.");
        }

        return Environment.GetEnvironmentVariable(LocationVariable) is { Length: > 0 } path
            ? LoyaltyWarehouse.At(SessionState, path)
            : throw LoyaltyErrors.WarehouseNotConnected.Because("No warehouse is connected and none was named.");
    }
}
