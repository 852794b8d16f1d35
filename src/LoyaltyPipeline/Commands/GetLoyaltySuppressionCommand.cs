using System.Management.Automation;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Reads who is sent to nobody, why and until when.</summary>
/// <remarks>
/// <para>
/// Emits the rows of LOYALTY.SUPPRESSION by user id. One whose last day is past is still listed, and IsCurrent is false: deliveries have
/// that user again. IsUser says whether Master has the user, as a suppression may come before.
/// </para>
/// <para>
/// A user who is named and has no suppression is the error SuppressionNotFound, after which the others go on; so is a reason in full that
/// none has.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltySuppression</code>
/// Lists all.
/// </example>
/// <example>
/// <code>Get-LoyaltySuppression -Reason 'opt-out*' -Current</code>
/// Lists those of some reasons that hold today.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltySuppression", DefaultParameterSetName = Both)]
[OutputType(typeof(SuppressedUser))]
public sealed class GetLoyaltySuppressionCommand : WarehouseCmdlet
{
    private const string Both = "All";
    private const string OnlyCurrent = "Current";
    private const string OnlyEnded = "Ended";

    /// <summary>Only of these users.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("USER_ID")]
    [ValidateNotNullOrEmpty]
    [WholeNumberTransformation]
    public long[] UserId { get; set; } = [];

    /// <summary>Only with these reasons; * and ? stand for any characters and any one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Reason { get; set; } = [];

    /// <summary>Only those that hold today (UTC).</summary>
    [Parameter(Mandatory = true, ParameterSetName = OnlyCurrent)]
    public SwitchParameter Current { get; set; }

    /// <summary>Only those whose last day is past.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OnlyEnded)]
    public SwitchParameter Ended { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        bool? isCurrent = Current ? true : Ended ? false : null;
        await foreach (var user in SuppressionReader.ReadAsync(
            warehouse, new SuppressionQuery(UserId, Reason, isCurrent), Reporter, cancellationToken))
            await WriteObjectAsync(user);
    }
}
