using System.Management.Automation;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Status;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Says on one screen whether all is well, and why not.</summary>
/// <remarks>
/// <para>
/// All is well where every day up to yesterday (UTC) is merged that the calendar of pipeline.yml expects, the last merge, delivery, test
/// run and import of each source succeeded, checks were made since the newest merge and none failed or could not be made, each consumer of
/// pipeline.yml that was ever delivered to has the newest day, no source is further behind than the catalog allows, and the disk has room:
/// 1 GB, and as much as the warehouse's file is large. What is not so stands in Reasons, each in a sentence. Warnings of checks are shown
/// and keep nothing back.
/// </para>
/// <para>
/// It reads what merges, deliveries and tests have left in their logs, looks at no source and writes nothing: it is quick, and makes no
/// check of its own. A warehouse that another process has open cannot be looked into; that is no error but what the status says.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyStatus</code>
/// Shows the status of the warehouse that is connected.
/// </example>
/// <example>
/// <code>if (-not (Get-LoyaltyStatus -Quiet)) { (Get-LoyaltyStatus).Reasons }</code>
/// Says why not all is well, if so.
/// </example>
/// <example>
/// <code>(Get-LoyaltyStatus).ChecksNotPassed | Format-Table</code>
/// Shows the checks that did not pass when they were last made.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltyStatus", DefaultParameterSetName = StatusSet)]
[OutputType(typeof(PipelineStatus), ParameterSetName = [StatusSet])]
[OutputType(typeof(bool), ParameterSetName = [QuietSet])]
public sealed class GetLoyaltyStatusCommand : PipelineCmdlet
{
    private const string StatusSet = "Status";
    private const string QuietSet = "Quiet";

    /// <summary>Emits one Boolean instead: whether all is well. False also where that cannot be seen.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuietSet)]
    public SwitchParameter Quiet { get; set; }

    /// <summary>The day that counts as today; where it is not given, today (UTC).</summary>
    [Parameter]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(RunDateCompleter))]
    public DateOnly? AsOf { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var status = await ReadAsync(AsOf?.ToDateTime(TimeOnly.MinValue) ?? DateTime.UtcNow, cancellationToken);
        await WriteObjectAsync(Quiet ? status.IsWell : status);
    }

    private async Task<PipelineStatus> ReadAsync(DateTime now, CancellationToken cancellationToken)
    {
        IWarehouse warehouse;
        try
        {
            warehouse = await OpenWarehouseAsync(cancellationToken);
        }
        catch (LoyaltyException held) when (held.Definition.Kind == ErrorKind.Busy)
        {
            return StatusReader.Held(await LocateWarehouseAsync(), now, held);
        }

        return await new StatusReader(await LoadPipelineAsync(cancellationToken)).ReadAsync(warehouse, now, Reporter, cancellationToken);
    }
}
