using System.Management.Automation;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Commands;

/// <summary>Writes all that is held of a user into files, for who asks what is (Art. 15 GDPR).</summary>
/// <remarks>
/// <para>
/// Two files are written: user-42.json for programs, and user-42.html for people, which opens without network. Both have the rows of every
/// source, also of those that are kept elsewhere, of Master and of all of History, with what the columns mean; quarantined rows, texts of
/// logs that name the user, suppression, the deliveries that hold the user with their files, and whether the user was erased.
/// </para>
/// <para>
/// The files are nobody's but their owner's to read, as all that the module writes. A folder that does not exist is made. An earlier export
/// is replaced; a file of that name that is none is an error. A user of whom nothing is held is an error, after which others go on.
/// </para>
/// </remarks>
/// <example>
/// <code>Export-LoyaltyUser 42 -Path ./access</code>
/// Writes access/user-42.json and access/user-42.html.
/// </example>
/// <example>
/// <code>42, 43 | Export-LoyaltyUser -Path ./access | Select-Object Name, Length</code>
/// Writes the files of two users.
/// </example>
[Cmdlet(VerbsData.Export, "LoyaltyUser", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLoyaltyUserCommand : PipelineCmdlet
{
    /// <summary>The user.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("USER_ID")]
    [WholeNumberTransformation]
    public long UserId { get; set; }

    /// <summary>The folder to write into.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        var pipeline = await LoadPipelineAsync(cancellationToken);
        var folder = await ResolvePathAsync(Path);
        // Who it is stands in no text: texts are logged.
        var what = $"Write what is held of a user in {warehouse.Location} into the folder {folder}";
        if (!await ShouldProcessAsync(what, $"{what}?"))
            return;
        var files = await new UserExporter(pipeline).ExportAsync(warehouse, UserId, folder, LockWait, Reporter, cancellationToken);
        foreach (var file in files)
            await WriteFileAsync(file);
    }
}
