using System.Collections;
using System.Management.Automation;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Parameters;

/// <summary>The pipeline that a command will have once its line is complete.</summary>
internal static class CompletionPipeline
{
    /// <summary>Loads it.</summary>
    /// <param name="bound">The parameters of the line so far.</param>
    /// <returns>The pipeline with the configuration of the line, or of the current location.</returns>
    public static PipelineDefinition Load(IDictionary bound)
    {
        // A runspace that is at work, as it is while a line is completed, answers a nested pipeline alone.
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var folder = shell.AddScript("$ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath").Invoke<string>()[0];
        var config = Path.GetFullPath(bound["Config"] as string ?? AsyncCmdlet.DefaultConfig, folder);
        return PipelineDefinitions.Load(File.Exists(config) ? config : null);
    }
}
