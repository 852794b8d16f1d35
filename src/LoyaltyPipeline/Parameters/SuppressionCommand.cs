using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Subjects;

namespace LoyaltyPipeline.Parameters;

/// <summary>A cmdlet that changes who is suppressed: ids from the command line, the pipeline or files, in one run.</summary>
public abstract class SuppressionCommand : PipelineCmdlet
{
    internal const string OfIds = "UserId";
    internal const string OfFiles = "Path";

    private readonly List<long> _users = [];

    /// <summary>The users. Those that come from the pipeline are one run.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OfIds)]
    [Alias("USER_ID")]
    [ValidateNotNullOrEmpty]
    [WholeNumberTransformation]
    public long[] UserId { get; set; } = [];

    /// <summary>
    /// Files of any format that can be imported, with a column USER_ID; what else they have is not looked at. * and ? stand for any
    /// characters and any one.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = OfFiles)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        _users.AddRange(UserId);
        if (Path.Length == 0)
            return;
        var config = (await LoadPipelineAsync(cancellationToken)).Config;
        foreach (var path in Path)
            await ReadAsync(PathSpelling.WithoutMark(path), config, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_users.Count == 0)
            return;
        var warehouse = await OpenWarehouseAsync(cancellationToken);
        // Who it is stands in no text: texts are logged.
        var count = _users.Distinct().Count();
        var what = Doing(count == 1 ? "1 user" : $"{count} users", warehouse.Location);
        var planOnly = !await ShouldProcessAsync(what, $"{what}?");
        if (planOnly && !await IsWhatIfAsync())
            return;
        await WriteObjectAsync(
            await RunAsync(
                warehouse, await LoadPipelineAsync(cancellationToken), new SuppressOptions(_users, PlanOnly: planOnly, LockWait: LockWait),
                cancellationToken));
    }

    // What is asked of the user, and said of a plan.
    private protected abstract string Doing(string users, string warehouse);

    private protected abstract Task<SuppressionResult> RunAsync(
        IWarehouse warehouse, PipelineDefinition pipeline, SuppressOptions options, CancellationToken cancellationToken);

    private async Task ReadAsync(string path, PipelineConfig config, CancellationToken cancellationToken)
    {
        try
        {
            var files = await FindAsync(path);
            // Who asked to be left alone may be in a file that has not come.
            if (files.Count == 0)
                Reporter.Warning($"{path} fits no file.");
            foreach (var file in files)
            {
                var ids = await UserIdFile.ReadAsync(file, config, Reporter, cancellationToken);
                if (ids.Count == 0)
                    Reporter.Warning($"{file} names no user.");
                _users.AddRange(ids);
            }
        }
        catch (LoyaltyException exception)
        {
            // The other files are taken all the same.
            await WriteErrorAsync(exception);
        }
    }

    private async Task<IReadOnlyList<string>> FindAsync(string path)
    {
        var full = await ResolvePathAsync(path);
        // A name with brackets is a pattern only where there is no such file.
        return !WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(full) ? [full] : await ExpandPathAsync(path);
    }
}
