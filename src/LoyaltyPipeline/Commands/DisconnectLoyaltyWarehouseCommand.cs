using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Commands;

/// <summary>Closes a warehouse, by default the session's.</summary>
/// <remarks>
/// The file is free for other processes then. Where no warehouse is connected there is nothing to do, and that is no error.
/// Ending the session or removing the module disconnects too.
/// </remarks>
/// <example>
/// <code>Disconnect-LoyaltyWarehouse</code>
/// Closes the session's warehouse.
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "LoyaltyWarehouse")]
[OutputType(typeof(void))]
public sealed class DisconnectLoyaltyWarehouseCommand : AsyncCmdlet
{
    /// <summary>What Connect-LoyaltyWarehouse returned, or the path it was given. Where it is not given, the session's warehouse.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [WarehouseTransformation]
    [ValidateNotNull]
    public LoyaltyWarehouse? Warehouse { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OnPipelineThreadAsync(ForgetDefault);
        if (warehouse is null)
        {
            Reporter.Verbose("No warehouse is connected.");
            return;
        }

        warehouse.Dispose();
        Reporter.Verbose($"Disconnected {warehouse.Location}.");
    }

    private LoyaltyWarehouse? ForgetDefault()
    {
        var runspace = Runspace.DefaultRunspace;
        var meant = Warehouse?.Resolve(SessionState);
        var isDefault = meant is null || meant == DefaultWarehouse.Of(runspace)
            || (!meant.IsConnected && meant.Location == DefaultWarehouse.Of(runspace)?.Location);
        return isDefault ? DefaultWarehouse.Clear(runspace) : meant;
    }
}
