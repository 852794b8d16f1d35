using System.Management.Automation;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Parameters;

/// <summary>A cmdlet that works on registered jobs.</summary>
public abstract class TaskCmdlet : AsyncCmdlet
{
    /// <summary>The jobs; * and ? stand for any characters and any one.</summary>
    public virtual string[] Name { get; set; } = [];

    /// <summary>What starts the jobs; where it is not given, all that there is on this machine.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NamesTransformation(TakesSeveral = true)]
    [ValidateNotNull]
    public TaskKind[] Kind { get; set; } = [];

    /// <summary>The jobs of this machine.</summary>
    private protected TaskRegistry Registry { get; } = new();

    /// <summary>The jobs that are asked for; of a name in full that there is none of, an error is written.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    private protected async Task<IReadOnlyList<ScheduledTask>> FindAsync(CancellationToken cancellationToken)
    {
        var all = await Registry.ListAsync(Kind, cancellationToken);
        if (Name.Length == 0)
            return all;
        var patterns = Name.Select(name => (Name: name, Pattern: new WildcardPattern(name, WildcardOptions.IgnoreCase))).ToList();
        foreach (var (name, pattern) in patterns)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name) && !all.Any(task => pattern.IsMatch(task.Name)))
                await WriteErrorAsync(LoyaltyErrors.TaskNotFound.Because($"There is no job {name} here.", name));
        }

        return [.. all.Where(task => patterns.Exists(wanted => wanted.Pattern.IsMatch(task.Name)))];
    }
}
