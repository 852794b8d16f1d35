using System.Management.Automation;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Erases users on their demand (Art. 17 GDPR), and keeps them from coming back.</summary>
/// <remarks>
/// <para>
/// In one transaction the rows of the users go from every source table of the warehouse, from Master and all of History, from quarantine,
/// suppression and the log of who was sent to whom; lines in results of checks and messages of runs that name them go too. Figures of past
/// days, in METRIC and ADOPTION, stay: they count users and name none. Sources that pipeline.yml keeps elsewhere are not changed; a warning
/// names them, and merges leave the users out whatever is there.
/// </para>
/// <para>
/// Erased users do not come back: imports drop their rows before anything of them is stored, and merges leave them out. For that the
/// warehouse keeps a keyed hash of each id and nothing else. -Release takes it back. Who is asked for again is no error; nor is who is not
/// known, who is left out from then on too.
/// </para>
/// <para>
/// Each result tells the deliveries that hold the user, with the files that may, so that receivers can be told. With -RemovalPath a file is
/// written for each consumer that has one of the users now, as a Diff that removes them. Files that were delivered are not changed.
/// </para>
/// <para>
/// After the commit a DuckDB file is rebuilt and put in its place, so that no byte of the users is left in it. Where another session has
/// it open, a warning says that this is due, and the next erasure or -Compact does it; Storage of the result says which. Snowflake removes
/// bytes when Time Travel and Fail-safe are over. Backups, landing files and copies are their owners' to clean.
/// </para>
/// <para>The log of the run has neither ids nor values. The cmdlet asks first; jobs give -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Remove-LoyaltyUser 42 -WhatIf</code>
/// Shows how many rows would go, and which deliveries hold the user.
/// </example>
/// <example>
/// <code>(Remove-LoyaltyUser 42 -RemovalPath ./handover -Confirm:$false).Deliveries | Format-Table Consumer, RunDate, Manifest</code>
/// Erases a user, writes files for the consumers, and shows what was sent to whom.
/// </example>
/// <example>
/// <code>42, 43 | Remove-LoyaltyUser -Release</code>
/// Lets users come again with the next import.
/// </example>
/// <example>
/// <code>Remove-LoyaltyUser -Compact</code>
/// Rebuilds the file of the warehouse, where that was not possible before.
/// </example>
[Cmdlet(
    VerbsCommon.Remove, "LoyaltyUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = EraseSet)]
[OutputType(typeof(ErasureResult), ParameterSetName = [EraseSet, ReleaseSet])]
[OutputType(typeof(StorageCompaction), ParameterSetName = [CompactSet])]
public sealed class RemoveLoyaltyUserCommand : PipelineCmdlet
{
    private const string EraseSet = "Erase";
    private const string ReleaseSet = "Release";
    private const string CompactSet = "Compact";

    private readonly List<long> _users = [];

    /// <summary>The users. Those that come from the pipeline are erased together.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = EraseSet)]
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ReleaseSet)]
    [Alias("USER_ID")]
    [ValidateNotNullOrEmpty]
    [WholeNumberTransformation]
    public long[] UserId { get; set; } = [];

    /// <summary>A folder for files that tell consumers whom to remove; it is made where it does not exist.</summary>
    [Parameter(ParameterSetName = EraseSet)]
    [ValidateNotNullOrEmpty]
    public string? RemovalPath { get; set; }

    /// <summary>Takes erasures back, so that the users may come again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ReleaseSet)]
    public SwitchParameter Release { get; set; }

    /// <summary>Only rebuilds the storage of the warehouse.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CompactSet)]
    public SwitchParameter Compact { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _users.AddRange(UserId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName != CompactSet && _users.Count == 0)
            return;
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        // Who it is stands in no text: texts are logged.
        var count = _users.Distinct().Count();
        var users = count == 1 ? "1 user" : $"{count} users";
        var what = ParameterSetName switch
        {
            CompactSet => $"Rebuild the storage of {warehouse.Location}",
            ReleaseSet => $"Let {users} come back to {warehouse.Location}",
            _ => $"Erase {users} from {warehouse.Location}",
        };
        var planOnly = !await ShouldProcessAsync(what, $"{what}?");
        if (planOnly && (ParameterSetName == CompactSet || !await IsWhatIfAsync()))
            return;
        if (ParameterSetName == CompactSet)
            await WriteObjectAsync(await UserEraser.CompactAsync(warehouse, LockWait, Reporter, cancellationToken));
        else
            await EraseAsync(warehouse, planOnly, cancellationToken);
    }

    private async Task EraseAsync(IWarehouse warehouse, bool planOnly, CancellationToken cancellationToken)
    {
        var folder = RemovalPath is null ? null : await ResolvePathAsync(RemovalPath);
        var options = new EraseOptions(_users, folder, planOnly, LockWait);
        var eraser = new UserEraser(await LoadPipelineAsync(cancellationToken));
        var results = Release
            ? await eraser.ReleaseAsync(warehouse, options, Reporter, cancellationToken)
            : await eraser.EraseAsync(warehouse, options, Reporter, cancellationToken);
        foreach (var result in results)
            await WriteObjectAsync(result);
    }
}
