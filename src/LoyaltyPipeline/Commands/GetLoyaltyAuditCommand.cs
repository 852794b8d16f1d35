using System.Management.Automation;
using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads the audit trail: who did what, when, on which machine and with what outcome, the newest first.</summary>
/// <remarks>
/// <para>
/// Whatever changes a warehouse appends an entry, in the transaction of the change where there is one; so do attempts that failed, and
/// reading all that is held of a user. Parameters hold no secret and nothing of a person. Each entry has the hash of the one before it:
/// Test-PipelineIntegrity -Table AUDIT finds entries that were changed, removed, added or moved, and says where the trail ends.
/// </para>
/// <para>Runs that hold the lock have a chain of their own, Runs; what goes on beside them, as tests do, is in the chain Beside.</para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyAudit -Last 10</code>
/// Shows the ten newest entries.
/// </example>
/// <example>
/// <code>Get-LoyaltyAudit -Action Deliver, Erase | Select-Object LoggedAt, Actor, Host, Action, Outcome, Parameters</code>
/// Shows who delivered what to whom, and who erased users.
/// </example>
/// <example>
/// <code>Get-LoyaltyRun -Last 1 | Get-LoyaltyAudit</code>
/// Shows who started the newest run.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltyAudit")]
[OutputType(typeof(AuditEntry))]
public sealed class GetLoyaltyAuditCommand : WarehouseCmdlet
{
    /// <summary>
    /// Only entries of these runs; * and ? stand for any characters and any one. An id in full that no entry has is an error, after which
    /// the others go on.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? RunId { get; set; }

    /// <summary>Only entries of these actions.</summary>
    [Parameter]
    [NamesTransformation(TakesSeveral = true)]
    [ValidateNotNullOrEmpty]
    public AuditAction[]? Action { get; set; }

    /// <summary>At most so many entries, the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberTransformation]
    public int? Last { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        foreach (var entry in await AuditReader.ReadAsync(warehouse, new AuditQuery(Action, RunId, Last), Reporter, cancellationToken))
            await WriteObjectAsync(entry);
    }
}
