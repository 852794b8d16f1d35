using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the kinds of personal data.</summary>
public sealed class PiiKindCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Enum.GetNames<PiiKind>().Where(kind => kind.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .Select(kind => new CompletionResult(kind));
}
