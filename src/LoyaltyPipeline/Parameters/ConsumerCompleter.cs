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
        return CompletionPipeline.Load(fakeBoundParameters).Config.Consumers.Values
            .Where(consumer => consumer.Name.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .OrderBy(consumer => consumer.Name, StringComparer.OrdinalIgnoreCase)
            .Select(
                consumer => new CompletionResult(
                    consumer.Name, consumer.Name, CompletionResultType.ParameterValue,
                    $"{SegmentNames.Of(consumer.Segment)} to {consumer.Destination ?? "-Destination"}"));
    }
}
