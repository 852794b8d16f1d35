using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LoyaltyPipeline.Core.Extracts;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the views of which extracts are made.</summary>
public sealed class ReaderViewCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ExtractView.All(PipelineDefinitions.Load(configPath: null).Catalog)
            .Where(view => view.Name.Table.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .Select(view => new CompletionResult(view.Name.Table, view.Name.Table, CompletionResultType.ParameterValue, view.Description));
}
