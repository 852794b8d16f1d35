using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers today (UTC) and the six days before, newest first.</summary>
public sealed class RunDateCompleter : IArgumentCompleter
{
    private const int Days = 7;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return Enumerable.Range(0, Days)
            .Select(back => today.AddDays(-back).ToString(RunDateTransformationAttribute.DayFormat, CultureInfo.InvariantCulture))
            .Where(day => day.StartsWith(wordToComplete ?? string.Empty, StringComparison.Ordinal))
            .Select(day => new CompletionResult(day));
    }
}
