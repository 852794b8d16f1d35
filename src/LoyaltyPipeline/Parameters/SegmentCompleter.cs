using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LoyaltyPipeline.Core.Segments;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the segments, as one word and as Master calls them.</summary>
public sealed class SegmentCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return Enum.GetValues<EngagementSegment>()
            .SelectMany(segment => new[] { segment.ToString(), SegmentNames.Of(segment) })
            .Distinct(StringComparer.Ordinal)
            .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name.Contains(' ') ? $"'{name}'" : name, name, CompletionResultType.ParameterValue, name));
    }
}
