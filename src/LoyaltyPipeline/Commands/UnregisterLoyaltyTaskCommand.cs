using System.Management.Automation;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Removes scheduled jobs: what Register-LoyaltyTask made, and nothing else.</summary>
/// <remarks>
/// <para>
/// All other lines of a crontab stay as they are, byte by byte. A unit or a task without the mark of Register-LoyaltyTask is left alone. A
/// run that is at work goes on to its end.
/// </para>
/// </remarks>
/// <example>
/// <code>Unregister-LoyaltyTask Daily</code>
/// Removes a job.
/// </example>
/// <example>
/// <code>Unregister-LoyaltyTask * -WhatIf</code>
/// Shows which jobs would be removed.
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "LoyaltyTask", SupportsShouldProcess = true)]
[OutputType(typeof(ScheduledTask))]
public sealed class UnregisterLoyaltyTaskCommand : TaskCmdlet
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var task in await FindAsync(cancellationToken))
        {
            if (await ShouldProcessAsync($"Remove the job {task.Name} ({task.Schedule}) of {task.Kind}", $"Remove the job {task.Name}?"))
                await WriteObjectAsync(await Registry.RemoveAsync(task, cancellationToken));
            else if (await IsWhatIfAsync())
                await WriteObjectAsync(task);
        }
    }
}
