using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers all tables of the catalog, by their full names; the name of the table alone finds them too.</summary>
public sealed class CatalogTableCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        SourceTableCompleter.Offer(PipelineDefinitions.Load(configPath: null).Catalog.Tables, wordToComplete);
}
