using System.Text;
using System.Text.Json.Nodes;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.OpenLineage;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Web;

namespace LoyaltyPipeline.Core.RunEvents;

/// <summary>
/// Tells a file and an endpoint of the events of a run. Whatever goes wrong with that is a warning, and the run goes on: it is not what
/// the run is for.
/// </summary>
internal sealed class RunEventLog(PipelineDefinition pipeline, IRunReporter reporter)
{
    private readonly OpenLineageSettings _settings = pipeline.Config.OpenLineage;
    private readonly OpenLineageEvent _events = new(pipeline.Config.OpenLineage.Namespace, pipeline.ModuleVersion);
    private bool _isGivenUp;

    /// <summary>Tells of an event.</summary>
    public async Task TellAsync(RunFacts run, RunEventType type)
    {
        if (!_settings.IsWanted || _isGivenUp)
            return;
        var content = _events.Of(run, type, DateTime.UtcNow);
        using var limited = new CancellationTokenSource(_settings.Timeout);
        foreach (var problem in new[] { TryAppend(content, limited.Token), await TrySendAsync(content, limited.Token) }.OfType<string>())
            reporter.Warning($"The event {content["eventType"]} of the run {run.RunId} was not told: {problem}.");
    }

    private string? TryAppend(JsonObject content, CancellationToken cancellationToken)
    {
        if (_settings.File is not { } path)
            return null;
        try
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            // A whole line at once, so that runs side by side do not mix theirs.
            using var file = FilePatience.Usual(cancellationToken).Insist(() => Open(path), "written", path);
            file.Write(Encoding.UTF8.GetBytes($"{content.ToJsonString()}\n"));
            return null;
        }
        catch (Exception failure)
        {
            return $"{path} cannot be written: {failure.Message.TrimEnd('.')}";
        }
    }

    private static FileStream Open(string path)
    {
        var how = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = PrivateFiles.FileMode;
        return new FileStream(path, how);
    }

    private async Task<string?> TrySendAsync(JsonObject content, CancellationToken cancellationToken)
    {
        if (_settings.Url is not { } address)
            return null;
        try
        {
            var failure = await JsonPost.SendAsync(address, content, _settings.ApiKey?.ReadToken(), cancellationToken);
            return failure?.Reason;
        }
        catch (OperationCanceledException)
        {
            // A run has several events, and each would wait as long.
            _isGivenUp = true;
            return $"{address.Host} took more than {_settings.Timeout.TotalSeconds:0} s, and is told nothing more of this run";
        }
        catch (LoyaltyException failure)
        {
            return failure.Message.TrimEnd('.');
        }
        // Its words may be those of the key.
        catch (Exception failure)
        {
            return $"{address.Host} could not be told: {failure.GetType().Name}";
        }
    }
}
