using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the source tables of the catalog, by their full names; the name of the table alone finds them too.</summary>
public sealed class SourceTableCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete ?? string.Empty;
        return PipelineDefinitions.Load(configPath: null).Catalog.Sources
            .Where(source => source.Name.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase) || source.Name.Table.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(source => new CompletionResult(source.Name.ToString(), source.Name.ToString(), CompletionResultType.ParameterValue, source.Description));
    }
}
