using System.Management.Automation;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Publication;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Commands;

/// <summary>Makes copies of scripts that can be published: names are others, and a private map brings them back.</summary>
/// <remarks>
/// <para>
/// Files of SQL, YAML, Markdown, CSV and PowerShell are read, and copies written with the same names below -Destination. What is not the
/// language's is renamed: tables, columns and other names, texts, comments line by line, hosts, addresses, accounts, buckets and paths. The
/// same name is the same in every file, and its letters keep their case: USER_PROFILE, user_profile and UserProfile become TABLE_A, table_a
/// and TableA. docs/publish-scripts.md says in full what is renamed and what stays.
/// </para>
/// <para>
/// The map is CSV. It is private: who has it can undo everything, so it is never written into -Destination, and is its owner's alone. A map
/// that is there is used and extended, so that the next publication agrees with the last.
/// </para>
/// <para>
/// -Verify searches copies for every name of the map, in any case and inside other words too, and has the embedded engine parse and plan
/// the SQL of copies: its statements are the same but for names. A catalog among the files says which tables there are. What is found is an
/// error that names file, line and name; the other files are verified all the same.
/// </para>
/// <para>
/// -Restore gives the files back byte for byte. The map knows them by their hashes: of a copy that was changed since a warning says so, and
/// a copy of another map is refused.
/// </para>
/// </remarks>
/// <example>
/// <code>Protect-LoyaltyScript ./sql -Destination ./public -Map ./private/names.csv -Verify</code>
/// Publishes the scripts of a folder, and proves that no name is left.
/// </example>
/// <example>
/// <code>Protect-LoyaltyScript ./sql, ./pipeline.yml -Destination ./public -Map ./private/names.csv -Runnable -Name Contoso -Keep country*</code>
/// Keeps what the pipeline needs to run, and names that begin with country; Contoso is renamed in prose too.
/// </example>
/// <example>
/// <code>Protect-LoyaltyScript ./public -Map ./private/names.csv -Verify</code>
/// Verifies copies that are there.
/// </example>
/// <example>
/// <code>Protect-LoyaltyScript ./public -Restore -Destination ./again -Map ./private/names.csv</code>
/// Gives the files back.
/// </example>
[Cmdlet(VerbsSecurity.Protect, "LoyaltyScript", SupportsShouldProcess = true, DefaultParameterSetName = VerifySet)]
[OutputType(typeof(PublishedFile))]
public sealed class ProtectLoyaltyScriptCommand : AsyncCmdlet
{
    private const string ProtectSet = "Protect";
    private const string VerifySet = "Verify";
    private const string RestoreSet = "Restore";

    private readonly List<string> _paths = [];

    /// <summary>
    /// The files and folders; * and ? stand for any characters and any one. Of a folder everything below it is meant, but what is hidden.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The folder of the copies, or with -Restore of what comes back; made where there is none.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ProtectSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = RestoreSet)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>The map, a CSV file outside the destination; made where there is none.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Map { get; set; } = string.Empty;

    /// <summary>Names that stay; * and ? stand for any characters and any one.</summary>
    [Parameter(ParameterSetName = ProtectSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Keep { get; set; } = [];

    /// <summary>Words that are renamed wherever they stand, in prose too, such as the name of a company.</summary>
    [Parameter(ParameterSetName = ProtectSet)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Keeps the names that this module's code demands, so that it runs the pipeline of the copies.</summary>
    [Parameter(ParameterSetName = ProtectSet)]
    public SwitchParameter Runnable { get; set; }

    /// <summary>
    /// Proves that no name of the map is left in the copies, and that they say the same. Without -Destination nothing is written.
    /// </summary>
    [Parameter(ParameterSetName = ProtectSet)]
    [Parameter(Mandatory = true, ParameterSetName = VerifySet)]
    public SwitchParameter Verify { get; set; }

    /// <summary>Gives the original files back.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RestoreSet)]
    public SwitchParameter Restore { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Path)
            _paths.AddRange(await FindAsync(path));
    }

    // All at once: a name is the same in all files.
    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var map = await ResolvePathAsync(Map);
        if (ParameterSetName == VerifySet)
        {
            await VerifyAsync(_paths, map, [], cancellationToken);
            return;
        }

        var destination = await ResolvePathAsync(Destination);
        var plan = Restore
            ? ScriptRestorer.Plan(_paths, destination, map, Reporter)
            : await ScriptPublisher.PlanAsync(
                new PublicationOptions(_paths, destination, map, PowerShellReader.Read)
                {
                    Keep = Keep,
                    Names = Name,
                    IsRunnable = Runnable,
                },
                Reporter, cancellationToken);
        foreach (var problem in plan.Problems)
            await WriteErrorAsync(problem);
        var written = await WriteAsync(plan, map, cancellationToken);
        if (Verify && written.Count > 0)
            await VerifyAsync([.. written.Select(file => file.Destination)], map, written, cancellationToken);
    }

    private async Task<IReadOnlyList<PublishedFile>> WriteAsync(PublicationPlan plan, string map, CancellationToken cancellationToken)
    {
        var written = new List<PublishedFile>();
        var isPlanOnly = await IsWhatIfAsync();
        foreach (var copy in plan.Copies)
        {
            var file = copy.File;
            var isMeant = await ShouldProcessAsync(
                $"Write {file.Destination} from {file.Path}, with {file.Renamed} {(file.Renamed == 1 ? "name" : "names")} {(Restore ? "restored" : "renamed")}",
                $"Write {file.Destination}?");
            if (isMeant)
            {
                if (!Restore && written.Count == 0)
                    plan.WriteMap(cancellationToken);
                if (copy.Doubt is { } doubt)
                    Reporter.Warning(doubt);
                copy.Write(cancellationToken);
                written.Add(file);
            }

            if ((isMeant && !Verify) || isPlanOnly)
                await WriteObjectAsync(file);
        }

        if (isPlanOnly && !Restore && plan.Copies.Count > 0)
            await ShouldProcessAsync($"Write the map {map}, with {plan.Names} names", $"Write {map}?");
        return written;
    }

    private async Task VerifyAsync(
        IReadOnlyList<string> paths, string map, IReadOnlyList<PublishedFile> written, CancellationToken cancellationToken)
    {
        foreach (var copy in await PublicationVerifier.VerifyAsync(paths, map, PowerShellReader.Read, Reporter, cancellationToken))
        {
            foreach (var finding in copy.Findings)
                await WriteErrorAsync(finding);
            var source = written.FirstOrDefault(file => file.Destination == copy.File.Path);
            await WriteObjectAsync(source is null ? copy.File : source.With(copy.File));
        }
    }

    private async Task<IReadOnlyList<string>> FindAsync(string path)
    {
        path = PathSpelling.WithoutMark(path);
        var full = await ResolvePathAsync(path);
        // A name with brackets is a pattern only where there is no such file.
        if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(full) || Directory.Exists(full))
            return [full];
        return await ExpandPathAsync(path) is { Count: > 0 } found
            ? found
            : throw LoyaltyErrors.ScriptNotFound.Because($"No file or folder fits {path}.", path);
    }
}
