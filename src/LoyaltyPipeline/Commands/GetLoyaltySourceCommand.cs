using System.Management.Automation;
using LoyaltyPipeline.Core.Status;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Looks at the source tables: what is in them, how old it is, when it was imported, and what waits for a repair.</summary>
/// <remarks>
/// <para>
/// Emits an object for each source of the catalog, also for one that does not exist, has no row or cannot be read, of which Remark says so.
/// DaysBehind is reckoned as the check of freshness does it: from the newest written day back to the newest row up to it. FreshWithin is
/// how many days that may be, by the catalog; IsFresh whether it is no more.
/// </para>
/// <para>
/// LastImport and LastFile are those of the last import of the table, however it ended; a source that is kept elsewhere has none.
/// OpenQuarantine counts its rows that wait for a repair, which Get-LoyaltyQuarantine -Open shows. Nothing is written, and no run is kept
/// waiting.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltySource</code>
/// Shows all sources.
/// </example>
/// <example>
/// <code>Get-LoyaltySource | Where-Object Remark | Format-Table Table, Remark, Location -Wrap</code>
/// Shows those of which there is something to say: that they are missing, empty or behind.
/// </example>
/// <example>
/// <code>Get-LoyaltySource USER_*, REGION_* | Where-Object IsFresh -eq $false</code>
/// Shows which of some sources lie further behind than they may.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltySource")]
[OutputType(typeof(SourceState))]
public sealed class GetLoyaltySourceCommand : PipelineCmdlet
{
    /// <summary>Only these source tables, with or without schema; * and ? stand for any characters and any one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SourceTableCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Table { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var tables = Table is null ? pipeline.Catalog.Sources : SourceTables.Find(pipeline.Catalog, Table, Reporter);
        await foreach (var state in new SourceStateReader(pipeline).ReadAsync(warehouse, tables, LockWait, Reporter, cancellationToken))
            await WriteObjectAsync(state);
    }
}
