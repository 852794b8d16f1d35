using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the source tables of the catalog, by their full names; the name of the table alone finds them too.</summary>
public sealed class SourceTableCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Offer(PipelineDefinitions.Load(configPath: null).Catalog.Sources, wordToComplete);

    /// <summary>Offers some of the tables.</summary>
    internal static IEnumerable<CompletionResult> Offer(IEnumerable<CatalogTable> tables, string? wordToComplete)
    {
        var word = wordToComplete ?? string.Empty;
        return tables
            .Where(
                table => table.Name.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase)
                    || table.Name.Table.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(
                table => new CompletionResult(
                    table.Name.ToString(), table.Name.ToString(), CompletionResultType.ParameterValue, table.Description));
    }
}
