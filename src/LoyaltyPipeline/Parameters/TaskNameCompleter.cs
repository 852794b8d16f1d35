using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;

namespace LoyaltyPipeline.Parameters;

/// <summary>Offers the names of registered jobs.</summary>
public sealed class TaskNameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        using var limit = new CancellationTokenSource(Patience);
        return Names(limit.Token)
            .Where(name => name.StartsWith(wordToComplete ?? string.Empty, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name));
    }

    private static List<string> Names(CancellationToken cancellationToken)
    {
        try
        {
            var tasks = Task.Run(() => new TaskRegistry().ListAsync([], cancellationToken), cancellationToken).GetAwaiter().GetResult();
            return [.. tasks.Select(task => task.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        catch (Exception exception) when (exception is LoyaltyException or OperationCanceledException)
        {
            // Who completes a word is offered nothing then; the cmdlet says why.
            return [];
        }
    }
}
