using System.Management.Automation;
using LoyaltyPipeline.Core.Undoing;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Takes a written day back, as if it had never been written.</summary>
/// <remarks>
/// <para>
/// History, the written days, the figures of METRIC and ADOPTION and the rows that merges of the day rejected are then what they would be
/// without the day; versions of users that began or ended on it are joined with those of the days beside it. All other days say exactly
/// what they said. Where it was the newest day, Master becomes what it was on the newest day that is left, and is empty where none is.
/// Sources are not changed, and the day can be written again.
/// </para>
/// <para>
/// Everything is one transaction, and a run in the log, which keeps the runs that wrote the day: Get-LoyaltyRun -Kind Undo.
/// </para>
/// <para>
/// What was delivered of the day cannot be called back. The result names those deliveries, and a warning who was sent them; they stay where
/// they lie and in their log. The next delivery of the day, or of a later one, corrects what a consumer has: a Diff begins with what was
/// sent.
/// </para>
/// <para>
/// A day that is not written is an error, DayNotWritten, and so is one that Compress-LoyaltyHistory has thinned out. Of the days beside a
/// day that is taken back those count that History still has.
/// </para>
/// <para>The cmdlet asks first; jobs give -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Undo-LoyaltyMerge -RunDate 2026-06-30 -WhatIf</code>
/// Shows how many users and rows of History it would touch, and which deliveries were made of the day.
/// </example>
/// <example>
/// <code>
/// $undone = Undo-LoyaltyMerge -RunDate 2026-06-30 -Confirm:$false
/// $undone.Deliveries | Format-Table Consumer, Segment, PublishedAt, Manifest
/// Invoke-LoyaltyMerge -RunDate 2026-06-30
/// </code>
/// Takes a day back, shows who was sent it, and writes it anew once the sources are right.
/// </example>
[Cmdlet(VerbsCommon.Undo, "LoyaltyMerge", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(UndoResult))]
public sealed class UndoLoyaltyMergeCommand : PipelineCmdlet
{
    /// <summary>The day to take back: any written day.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(WrittenDayCompleter))]
    public DateOnly RunDate { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var description = $"Take {RunDate:yyyy-MM-dd} out of History of {warehouse.Location} as if it had never been written";
        var planOnly = !await ShouldProcessAsync(description, $"{description}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        await WriteObjectAsync(
            await new MergeUndoer(pipeline).UndoAsync(warehouse, new UndoOptions(RunDate, planOnly, LockWait), Reporter, cancellationToken));
    }
}
