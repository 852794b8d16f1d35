using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the consumers of the configuration.</summary>
public sealed class ConsumerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // A runspace that is at work, as it is while a line is completed, answers a nested pipeline alone.
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var folder = shell.AddScript("$ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath").Invoke<string>()[0];
        var config = Path.GetFullPath(fakeBoundParameters["Config"] as string ?? PipelineCmdlet.DefaultConfig, folder);
        return PipelineDefinitions.Load(File.Exists(config) ? config : null).Config.Consumers.Values
            .Where(consumer => consumer.Name.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .OrderBy(consumer => consumer.Name, StringComparer.OrdinalIgnoreCase)
            .Select(consumer => new CompletionResult(consumer.Name, consumer.Name, CompletionResultType.ParameterValue, $"{consumer.Segment} to {consumer.Destination ?? "-Destination"}"));
    }
}
