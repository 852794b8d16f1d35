using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LoyaltyPipeline.Core.Integrity;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the ids of checks; a word that is found anywhere in an id is enough, and may have wildcards.</summary>
public sealed class CheckCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pipeline = CompletionPipeline.Load(fakeBoundParameters);
        return CheckList.Ids(pipeline.Catalog, pipeline.Config)
            .Where(id => CheckList.Fits($"*{wordToComplete}*", id))
            .Select(id => new CompletionResult(id));
    }
}
