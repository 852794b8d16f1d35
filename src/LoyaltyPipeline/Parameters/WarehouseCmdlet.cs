using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Warehouses;
using LoyaltyPipeline.Core.Warehouses.DuckDb;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Parameters;

/// <summary>A cmdlet that works on a warehouse.</summary>
public abstract class WarehouseCmdlet : AsyncCmdlet
{
    private const string LocationVariable = "LOYALTY_WAREHOUSE";

    private LoyaltyWarehouse? _own;

    /// <summary>
    /// The warehouse: what Connect-LoyaltyWarehouse returned, or the path of a DuckDB file, which is opened for this cmdlet only.
    /// Where it is not given, the one that is connected, or else the file that the environment variable LOYALTY_WAREHOUSE names.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WarehouseTransformation]
    [ValidateNotNull]
    public virtual LoyaltyWarehouse? Warehouse { get; set; }

    /// <summary>The warehouse to work on. It stays open as long as the cmdlet.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The warehouse; not to be disposed.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotConnected</c>, <c>WarehouseClosed</c>, <c>WarehouseBusy</c>, <c>WarehouseUnavailable</c>.</exception>
    protected async Task<IWarehouse> OpenWarehouseAsync(CancellationToken cancellationToken)
    {
        var (chosen, whatIf) = await OnPipelineThreadAsync(() => (Choose(), IsWhatIf()));
        if (chosen.IsConnected)
            return chosen.Connection;
        if (_own?.Location == chosen.Location)
            return _own.Connection;

        _own?.Dispose();
        // Opening creates the file, and -WhatIf writes nothing: a file that does not exist is planned on as an empty warehouse in memory.
        var path = whatIf && !File.Exists(chosen.Location) ? LoyaltyWarehouse.InMemory : chosen.Location;
        _own = new LoyaltyWarehouse(await DuckDbWarehouse.OpenAsync(path, cancellationToken));
        return _own.Connection;
    }

    /// <summary>Whether the user asked what would be done, by <c>-WhatIf</c> or by the preference of the session.</summary>
    /// <returns>True where nothing may be written.</returns>
    protected Task<bool> IsWhatIfAsync() => OnPipelineThreadAsync(IsWhatIf);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _own?.Dispose();
        base.Dispose(disposing);
    }

    private LoyaltyWarehouse Choose()
    {
        if ((Warehouse ?? DefaultWarehouse.Of(Runspace.DefaultRunspace)) is { } chosen)
            return chosen;
        return Environment.GetEnvironmentVariable(LocationVariable) is { Length: > 0 } path
            ? LoyaltyWarehouse.At(SessionState, path)
            : throw LoyaltyErrors.WarehouseNotConnected.Because("No warehouse is connected and none was named.");
    }

    private bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
        ? LanguagePrimitives.IsTrue(bound)
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));
}
