using System.Management.Automation;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Merges the sources into Master and History for a day.</summary>
/// <remarks>
/// <para>
/// Master gets one row per user who had signed up by the end of the day (UTC), as sql/Master_Table.sql says; History keeps what Master said on earlier days.
/// Source rows that break a rule of the catalog, belong to nobody or lose against another row of their key go to quarantine.
/// </para>
/// <para>
/// Everything is written in one transaction, after guards have looked at it: a required source without rows, more than 10 % of the users gone, more than 30 %
/// in another segment. -Force lets a run pass its guards and is recorded. The same day again, unchanged, changes nothing.
/// </para>
/// <para>
/// The day may be any: the newest, one that was written before, one before or between them. What History says for a day is exactly what Master was for it,
/// whatever the order of writing; Master itself changes only with the newest day.
/// </para>
/// </remarks>
/// <example>
/// <code>Invoke-LoyaltyMerge</code>
/// Merges today (UTC).
/// </example>
/// <example>
/// <code>(Invoke-LoyaltyMerge -RunDate 1998-06-30 -WhatIf).SegmentMoves</code>
/// Shows who would change segment, and writes nothing.
/// </example>
/// <example>
/// <code>(Invoke-LoyaltyMerge -RunDate 1998-06-30).Sources</code>
/// Merges a day and shows what was read, used and quarantined in each source.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LoyaltyMerge", SupportsShouldProcess = true)]
[OutputType(typeof(MergeResult))]
public sealed class InvokeLoyaltyMergeCommand : PipelineCmdlet
{
    /// <summary>The day to write; today (UTC) where it is not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(RunDateCompleter))]
    public DateOnly? RunDate { get; set; }

    /// <summary>Lets the run pass guards that trip; they are warned of and recorded.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var runDate = RunDate ?? DateOnly.FromDateTime(DateTime.UtcNow);
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var runner = new MergeRunner(await LoadPipelineAsync(cancellationToken));
        var planOnly = !await ShouldProcessAsync($"Merge {runDate:yyyy-MM-dd} into Master and History of {warehouse.Location}", $"Merge {runDate:yyyy-MM-dd} into {warehouse.Location}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        await WriteObjectAsync(await runner.RunAsync(warehouse, new MergeOptions(runDate, Force, planOnly), Reporter, cancellationToken));
    }
}
