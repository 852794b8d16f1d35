using System.Management.Automation;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>
/// Reads the log of runs of every kind, imports, merges, compressions, deliveries, tests, clearings, samples,
/// erasures, undos, what was shown of users and changes of who is suppressed, the newest first.
/// </summary>
/// <remarks>
/// <para>A run has its steps with their cost, and what it read, used and quarantined of each source. Runs that failed or were refused are
/// in the log too, with the error.</para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyRun -Last 5</code>
/// Shows the five newest runs.
/// </example>
/// <example>
/// <code>(Get-LoyaltyRun -Kind Merge -Last 1).Steps</code>
/// Shows where the time of the newest merge went.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltyRun")]
[OutputType(typeof(RunRecord))]
public sealed class GetLoyaltyRunCommand : WarehouseCmdlet
{
    /// <summary>
    /// Only these runs; * and ? stand for any characters and any one. An id in full that no run has is an error, after which the others go
    /// on.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? RunId { get; set; }

    /// <summary>Only runs that do one of these; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [NamesTransformation(TakesSeveral = true, Of = typeof(RunKind))]
    [SupportsWildcards]
    public RunKind[]? Kind { get; set; }

    /// <summary>Only runs that ended in one of these ways; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [NamesTransformation(TakesSeveral = true, Of = typeof(RunStatus))]
    [SupportsWildcards]
    public RunStatus[]? Status { get; set; }

    /// <summary>Only merges of this day.</summary>
    [Parameter]
    [RunDateTransformation]
    [ArgumentCompleter(typeof(WrittenDayCompleter))]
    public DateOnly? RunDate { get; set; }

    /// <summary>At most so many runs, the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberTransformation]
    public int? Last { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var ids = RunId is null ? null : await RunReader.FindAsync(warehouse, RunId, Reporter, cancellationToken);
        foreach (var run in await RunReader.ReadAsync(
            warehouse, new RunQuery(ids, Kind, Status, RunDate, Last), Reporter, cancellationToken))
            await WriteObjectAsync(run);
    }
}
