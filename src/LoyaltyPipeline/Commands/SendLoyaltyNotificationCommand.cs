using System.Management.Automation;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Notification;
using LoyaltyPipeline.Loading;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Tells people what came of a scheduled run, by webhook and mail, as the section notify of pipeline.yml says.</summary>
/// <remarks>
/// <para>
/// They are told when a run failed or is not sound, and when all is well again after that: each channel once. The same for the same reason
/// is told again only after remind_after_days. LOYALTY.NOTIFICATION keeps what each was told; where the warehouse cannot be opened they are
/// told nevertheless.
/// </para>
/// <para>
/// A message has the run, the reason, the remedy and the link of the settings, and no personal data: of errors whose words are not those of
/// this module, as those of an engine or of a script, only the id is sent and what to do, and addresses are masked.
/// </para>
/// <para>
/// Each channel may take timeout_seconds. One that fails is a warning and Failed in the log, never an error: a run that went well stays so.
/// A webhook or mail whose settings have a fault is Failed too, and nothing of it is used. Faults elsewhere in pipeline.yml keep nobody from
/// being told. With -WhatIf nothing is sent.
/// </para>
/// </remarks>
/// <example>
/// <code>Send-LoyaltyNotification Sound</code>
/// Tells those who were told of a failure that all is well again; nobody else is told anything.
/// </example>
/// <example>
/// <code>try { Invoke-LoyaltyMerge } catch { Send-LoyaltyNotification Failed -ErrorRecord $_; throw }</code>
/// Tells people that a merge failed, and why.
/// </example>
/// <example>
/// <code>$results = Test-PipelineIntegrity
/// $results | Send-LoyaltyNotification NotSound -WhatIf</code>
/// Shows who would be told of the checks that failed.
/// </example>
[Cmdlet(VerbsCommunications.Send, "LoyaltyNotification", SupportsShouldProcess = true)]
[OutputType(typeof(NotificationResult))]
public sealed class SendLoyaltyNotificationCommand : PipelineCmdlet
{
    private readonly List<CheckResult> _results = [];

    /// <summary>What came of the run: Sound, NotSound or Failed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NamesTransformation]
    public RunOutcome Outcome { get; set; }

    /// <summary>The error that it ended in.</summary>
    [Parameter]
    [ValidateNotNull]
    public ErrorRecord? ErrorRecord { get; set; }

    /// <summary>The results of its checks; those that failed or could not be made are told of.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public CheckResult[] CheckResult { get; set; } = [];

    /// <summary>The day that was to be written; that of the newest run where it is not given.</summary>
    [Parameter]
    [RunDateTransformation]
    public DateOnly? RunDate { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _results.AddRange(CheckResult);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (await FindConfigAsync(NamedConfig) is not { } config
            || NotificationRunner.Load(ModuleLayout.SqlFolder, config, Reporter) is not { } runner)
            return;
        var options = new NotificationOptions(Outcome, FindReason())
        {
            RunDate = RunDate,
            Warehouse = await TryOpenWarehouseAsync(cancellationToken),
            PlanOnly = !await ShouldProcessAsync($"Tell people that the run is {Outcome}", $"Tell people that the run is {Outcome}?"),
        };
        foreach (var result in await runner.RunAsync(options, Reporter, cancellationToken))
            await WriteObjectAsync(result);
    }

    private NotificationReason? FindReason() => Outcome switch
    {
        RunOutcome.Sound => null,
        _ when ErrorRecord is { } record => NotificationReason.Of(
            record.FullyQualifiedErrorId.Split(',')[0], record.Exception,
            record.TargetObject is PSObject wrapped ? wrapped.BaseObject : record.TargetObject),
        _ => NotificationReason.Of(_results),
    };

    private async Task<IWarehouse?> TryOpenWarehouseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OpenWarehouseAsync(cancellationToken);
        }
        catch (LoyaltyException failure)
        {
            Reporter.Verbose($"What was told before is not known: {failure.Message}");
            return null;
        }
    }
}
