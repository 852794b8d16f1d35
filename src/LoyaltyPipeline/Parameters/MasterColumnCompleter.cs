using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the columns of Master.</summary>
public sealed class MasterColumnCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        PipelineDefinitions.Load(configPath: null).Catalog.Master.Columns
            .Where(column => column.Name.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .Select(column => new CompletionResult(column.Name, column.Name, CompletionResultType.ParameterValue, column.Description));
}
