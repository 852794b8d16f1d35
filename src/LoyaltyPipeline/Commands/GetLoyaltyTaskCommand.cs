using System.Management.Automation;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Lists the scheduled jobs that Register-LoyaltyTask made: when they start next, and how they last ended.</summary>
/// <remarks>
/// <para>
/// Jobs of this machine are listed that this account can see: in Windows those of the Task Scheduler, elsewhere those of the system's and
/// the user's systemd, and of the user's crontab. Times are UTC. Of cron it is not known when a job last ran; Get-LoyaltyRun tells of the
/// warehouse what runs there were.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyTask</code>
/// Lists the jobs.
/// </example>
/// <example>
/// <code>(Get-LoyaltyTask Daily).Definition</code>
/// Shows a job as it is registered.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltyTask")]
[OutputType(typeof(ScheduledTask))]
public sealed class GetLoyaltyTaskCommand : TaskCmdlet
{
    /// <summary>The jobs; * and ? stand for any characters and any one. Where it is not given, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var task in await FindAsync(cancellationToken))
            await WriteObjectAsync(task);
    }
}
