using System.Management.Automation;
using LoyaltyPipeline.Core.Backups;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Writes a copy of a DuckDB warehouse into a file, which can be opened like any warehouse.</summary>
/// <remarks>
/// <para>
/// Runs that would write wait for it, as long as their -LockTimeout says, and it waits for the one that writes, as long as its own says; what
/// only reads goes on. The copy is one state of the warehouse: its tables, columns, views and numbers of rows are compared with it, and rows
/// are counted again once the file has been closed and opened anew. A file that is there is never replaced.
/// </para>
/// <para>
/// The copy holds all that the warehouse does, personal data too, and is as readable as its file. Who was erased later is still in it:
/// docs/privacy.md. That somebody has taken one is in the audit trail. A warehouse of an earlier version can be copied before it is upgraded;
/// where it has no trail yet, that stands nowhere.
/// </para>
/// <para>Snowflake keeps copies itself; there the error BackupNotSupported names what it has: clones and Time Travel.</para>
/// </remarks>
/// <example>
/// <code>Backup-LoyaltyWarehouse ./loyalty-backup.duckdb</code>
/// Copies the connected warehouse.
/// </example>
/// <example>
/// <code>Backup-LoyaltyWarehouse "./loyalty-$(Get-Date -Format yyyyMMdd-HHmmss).duckdb" -LockTimeout 00:30:00</code>
/// Copies it into a file of its own for each time, and waits for a run up to half an hour.
/// </example>
[Cmdlet(VerbsData.Backup, "LoyaltyWarehouse", SupportsShouldProcess = true)]
[OutputType(typeof(BackupResult))]
public sealed class BackupLoyaltyWarehouseCommand : WarehouseCmdlet
{
    /// <summary>The file, which must not be there.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var path = await ResolvePathAsync(Path);
        WarehouseBackup.DemandPlace(path);
        var what = $"Copy the warehouse {warehouse.Location} to {path}";
        if (await ShouldProcessAsync(what, $"{what}?"))
            await WriteObjectAsync(await WarehouseBackup.WriteAsync(warehouse, path, LockWait, Reporter, cancellationToken));
    }
}
