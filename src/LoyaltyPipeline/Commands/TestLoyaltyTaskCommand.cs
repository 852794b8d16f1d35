using System.Management.Automation;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Tries scheduled jobs as they would be started, with a self-check that changes nothing.</summary>
/// <remarks>
/// <para>
/// The very command line that is registered is started, with -SelfCheck at its end: the same PowerShell, no profile, no terminal, the root
/// of the file system as working directory, and only the environment variables that cron, systemd or the Task Scheduler give, not those of
/// this session. Daily.ps1 then loads the module, reads the configuration, opens the warehouse, and looks for the landing files' place and
/// at the places of report, dashboard and deliveries; nothing is merged, sent or written.
/// </para>
/// <para>
/// ExitCode is that of Daily.ps1: 0 where the job would begin, 1 where it would fail, 4 where another process has the warehouse open just
/// now. A job of another account is tried as that account where this one is root; else a warning says that it was not.
/// </para>
/// </remarks>
/// <example>
/// <code>Test-LoyaltyTask Daily</code>
/// Tries a job.
/// </example>
/// <example>
/// <code>(Test-LoyaltyTask Daily).Output</code>
/// Shows what it said.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "LoyaltyTask")]
[OutputType(typeof(TaskCheck), typeof(bool))]
public sealed class TestLoyaltyTaskCommand : TaskCmdlet
{
    private bool _isReady = true;

    /// <summary>The jobs; * and ? stand for any characters and any one. Where it is not given, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Name { get; set; } = [];

    /// <summary>How long the self-check may take: seconds, or a time such as 00:10:00. By default five minutes.</summary>
    [Parameter]
    [LockTimeoutTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Emits one Boolean: whether all of the jobs would begin.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var tasks = await FindAsync(cancellationToken);
        _isReady &= tasks.Count > 0;
        foreach (var task in tasks)
        {
            if (!TaskRegistry.CanBe(task))
                Reporter.Warning($"{task.Name} runs as {task.Account}, and is tried as {Environment.UserName}.");
            var check = await Registry.CheckAsync(task, Timeout, cancellationToken);
            _isReady &= check.IsReady;
            if (!Quiet)
                await WriteObjectAsync(check);
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (Quiet)
            await WriteObjectAsync(_isReady);
    }
}
