using System.Management.Automation;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Looks one person up: Master, versions, deliveries, suppression and quarantine.</summary>
/// <remarks>
/// <para>
/// Emits an object for each user: the row of Master with all columns, the versions of History, the deliveries that hold the user, whether
/// the user is suppressed, rows in quarantine, how many rows each source has, and when the user was erased. Master, Versions and Quarantine
/// are rows by column: $user.Master.ENGAGEMENT_SCORE.
/// </para>
/// <para>
/// Personal data is masked: addresses, names and numbers are ***. -ShowPersonalData shows it, and is a run in the log, of the kind Show;
/// who was looked at stands in no log. All that is held of a user, as a file, is written by Export-LoyaltyUser.
/// </para>
/// <para>A user of whom nothing is held is an error, after which the others go on.</para>
/// </remarks>
/// <example>
/// <code>Get-LoyaltyUser 42</code>
/// Shows a user, personal data masked.
/// </example>
/// <example>
/// <code>(Get-LoyaltyUser 42).Versions | ForEach-Object { [pscustomobject] $_ } | Format-Table VALID_*, ENGAGEMENT_SEGMENT</code>
/// Shows when the user was in which segment.
/// </example>
/// <example>
/// <code>(Get-LoyaltyUser 42 -ShowPersonalData).Master.EMAIL</code>
/// Shows the address; the log keeps that personal data was shown.
/// </example>
[Cmdlet(VerbsCommon.Get, "LoyaltyUser")]
[OutputType(typeof(LoyaltyUser))]
public sealed class GetLoyaltyUserCommand : PipelineCmdlet
{
    /// <summary>The users.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("USER_ID")]
    [ValidateNotNullOrEmpty]
    [WholeNumberTransformation]
    public long[] UserId { get; set; } = [];

    /// <summary>Shows personal data, which is masked otherwise. The log keeps that it was shown.</summary>
    [Parameter]
    public SwitchParameter ShowPersonalData { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var reader = new UserReader(await LoadPipelineAsync(cancellationToken));
        foreach (var user in UserId)
        {
            if (await reader.ReadAsync(warehouse, user, ShowPersonalData, LockWait, Reporter, cancellationToken) is { } found)
                await WriteObjectAsync(found);
        }
    }
}
