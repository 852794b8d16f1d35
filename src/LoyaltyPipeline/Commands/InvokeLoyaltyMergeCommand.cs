using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Parameters;
using LoyaltyPipeline.Steps;

namespace LoyaltyPipeline.Commands;

/// <summary>Merges the sources into Master and History for a day, or for each day of a range.</summary>
/// <remarks>
/// <para>
/// Master gets one row per user who had signed up by the end of the day (UTC), as sql/Master_Table.sql says; History keeps what Master said
/// on earlier days. Source rows that break a rule of the catalog, belong to nobody or lose against another row of their key go to
/// quarantine.
/// </para>
/// <para>
/// Everything is written in one transaction, after guards have looked at it: a day that is still to come, a required source without rows,
/// more than 10 % of the users gone, more than 30 % in another segment, more than 30 % of a source's rows rejected by one rule. -Force lets
/// a run pass its guards and is recorded. The same day again, unchanged, changes nothing.
/// </para>
/// <para>
/// The day may be any: the newest, one that was written before, one before or between them. What History says for a day is exactly what
/// Master was for it, whatever the order of writing. Master itself changes only with the newest day: an older one is written into History
/// alone, which is warned of.
/// </para>
/// <para>
/// Outcome says Written of a day that is written for the first time, though each user may be as on the day before, and of one on which some
/// user is other than before; it says Unchanged where all was there already.
/// </para>
/// <para>
/// -From and -To replay a range, each day in a transaction and with a run of its own, the earliest first. The days share the lock and the
/// judgement of sources that hold nothing to reject; each is computed from the sources afresh. After an interruption -OnlyMissing goes on
/// with the days that are not written yet.
/// </para>
/// <para>
/// What Import-LoyaltySource emits can be piped: the merge begins once all of it is there, in the same warehouse and by the same
/// configuration where they are given to the import, and plans where the import only planned. It does nothing where the import reported an
/// error, which is StepFailed, or where nothing came, which is warned of. The day is never taken from the pipeline.
/// </para>
/// </remarks>
/// <example>
/// <code>Invoke-LoyaltyMerge</code>
/// Merges today (UTC).
/// </example>
/// <example>
/// <code>(Invoke-LoyaltyMerge -RunDate 2026-06-30 -WhatIf).SegmentMoves</code>
/// Shows who would change segment, and writes nothing.
/// </example>
/// <example>
/// <code>(Invoke-LoyaltyMerge -RunDate 2026-06-30 -WhatIf -Detailed).Changes</code>
/// Shows some users who would change, before and after by column.
/// </example>
/// <example>
/// <code>(Invoke-LoyaltyMerge -RunDate 2026-06-30).Sources</code>
/// Merges a day and shows what was read, used and quarantined in each source.
/// </example>
/// <example>
/// <code>Import-LoyaltySource ./landing | Invoke-LoyaltyMerge -RunDate 2026-06-30</code>
/// Merges a day once all of the folder is imported.
/// </example>
/// <example>
/// <code>Invoke-LoyaltyMerge -From 2026-06-20 -To 2026-06-30 -OnlyMissing</code>
/// Writes the past day by day, without the days that are there already.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "LoyaltyMerge", SupportsShouldProcess = true, DefaultParameterSetName = DaySet)]
[OutputType(typeof(MergeResult))]
public sealed class InvokeLoyaltyMergeCommand : FollowingCmdlet
{
    private const string DaySet = "Day";
    private const string RangeSet = "Range";

    // Of each kind; a user who is new has forty columns.
    private const int SampleUsers = 10;

    /// <summary>The day to write; today (UTC) where it is not given.</summary>
    [Parameter(Position = 0, ParameterSetName = DaySet)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(RunDateCompleter))]
    public DateOnly? RunDate { get; set; }

    /// <summary>
    /// Adds a sample of the users who are new, change or are gone: the columns that change, before and after, personal data masked.
    /// </summary>
    [Parameter(ParameterSetName = DaySet)]
    public SwitchParameter Detailed { get; set; }

    /// <summary>The first day to write.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RangeSet)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(RunDateCompleter))]
    public DateOnly From { get; set; }

    /// <summary>The last day to write.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RangeSet)]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(RunDateCompleter))]
    public DateOnly To { get; set; }

    /// <summary>Leaves days that have been written as they are.</summary>
    [Parameter(ParameterSetName = RangeSet)]
    public SwitchParameter OnlyMissing { get; set; }

    /// <summary>Lets the run pass guards that trip; they are warned of and recorded.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// What Import-LoyaltySource emitted. The merge waits for all of it and merges once, in the warehouse of the import.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    public override PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override string Takes => "what Import-LoyaltySource emits";

    /// <inheritdoc/>
    private protected override string Undone => "merged nothing";

    /// <inheritdoc/>
    private protected override bool CanFollow(object value) => value is ImportResult;

    /// <inheritdoc/>
    private protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        if (ParameterSetName == RangeSet)
            await ReplayAsync(warehouse, pipeline, cancellationToken);
        else
            await MergeAsync(warehouse, pipeline, cancellationToken);
    }

    private async Task MergeAsync(IWarehouse warehouse, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var runDate = RunDate ?? DateOnly.FromDateTime(DateTime.UtcNow);
        var planOnly =
            !await ShouldProcessAsync(
                $"Merge {runDate:yyyy-MM-dd} into Master and History of {warehouse.Location}",
                $"Merge {runDate:yyyy-MM-dd} into {warehouse.Location}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        await EmitAsync(
            await new MergeRunner(pipeline).RunAsync(
                warehouse, new MergeOptions(runDate, Force, planOnly, Detailed ? SampleUsers : 0, LockWait), Reporter, cancellationToken));
    }

    private async Task ReplayAsync(IWarehouse warehouse, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var days = $"{From:yyyy-MM-dd} to {To:yyyy-MM-dd}";
        if (!await ShouldProcessAsync(
            $"Merge each day from {days} into Master and History of {warehouse.Location}",
            $"Merge each day from {days} into {warehouse.Location}?"))
            return;
        await foreach (var result in new ReplayRunner(pipeline).RunAsync(
            warehouse, new ReplayOptions(From, To, Force, OnlyMissing, LockWait), Reporter, cancellationToken))
            await EmitAsync(result);
    }
}
