using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses.DuckDb;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Commands;

/// <summary>Opens a DuckDB file, creating it where there is none, and makes it the session's warehouse.</summary>
/// <remarks>
/// <para>The cmdlets that follow use this warehouse where they are not given another by -Warehouse. Each runspace has a warehouse of its own.</para>
/// <para>
/// Connecting again closes the warehouse that was connected before. A DuckDB file can be open in one process at a time;
/// disconnect, remove the module or end the session to let others have it.
/// </para>
/// <para>
/// With -WhatIf a file that does not exist is not created: the warehouse that is emitted only names it and is not open,
/// and cmdlets that follow open the file for themselves.
/// </para>
/// </remarks>
/// <example>
/// <code>Connect-LoyaltyWarehouse ./loyalty.duckdb</code>
/// Opens the file loyalty.duckdb in the current location.
/// </example>
/// <example>
/// <code>
/// $test = Connect-LoyaltyWarehouse :memory:
/// Initialize-LoyaltyWarehouse -IncludeSources
/// Disconnect-LoyaltyWarehouse $test
/// </code>
/// Works on a warehouse in memory, which is gone when it is disconnected.
/// </example>
[Cmdlet(VerbsCommunications.Connect, "LoyaltyWarehouse", SupportsShouldProcess = true)]
[OutputType(typeof(LoyaltyWarehouse))]
public sealed class ConnectLoyaltyWarehouseCommand : AsyncCmdlet
{
    /// <summary>The DuckDB file, or <c>:memory:</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>How long to wait while another process has the file open: seconds, or a time such as 00:10:00. By default not at all.</summary>
    [Parameter]
    [LockTimeoutTransformation]
    public TimeSpan LockTimeout { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        // Opened before the earlier one is closed: where it cannot be opened, the session keeps what it has.
        var wanted = await OnPipelineThreadAsync(() => LoyaltyWarehouse.At(SessionState, Path));
        var mayOpen = !wanted.IsNew || await ShouldProcessAsync($"Create the warehouse file {wanted.Location}", $"Create the warehouse file {wanted.Location}?");
        if (!mayOpen && !await IsWhatIfAsync())
            return;
        var warehouse = mayOpen ? await OpenAsync(wanted, cancellationToken) : wanted;
        LoyaltyWarehouse? earlier;
        try
        {
            earlier = await OnPipelineThreadAsync(() => DefaultWarehouse.Set(Runspace.DefaultRunspace, warehouse));
        }
        catch
        {
            warehouse.Dispose();
            throw;
        }

        if (earlier is not null)
        {
            earlier.Dispose();
            Reporter.Verbose($"Disconnected {earlier.Location}.");
        }

        await WriteObjectAsync(warehouse);
    }

    private async Task<LoyaltyWarehouse> OpenAsync(LoyaltyWarehouse wanted, CancellationToken cancellationToken) => new(
        await new LockWait(LockTimeout).RunAsync(() => DuckDbWarehouse.OpenAsync(wanted.Location, cancellationToken), Reporter, cancellationToken));
}
