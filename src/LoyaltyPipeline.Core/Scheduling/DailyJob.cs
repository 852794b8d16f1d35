using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Scheduling;

/// <summary>A run of Daily.ps1 as a job starts it: every path in full, every list one text.</summary>
/// <param name="Script">The full path of Daily.ps1.</param>
public sealed record DailyJob(string Script)
{
    /// <summary>The parameter that checks and changes nothing.</summary>
    internal const string SelfCheck = "-SelfCheck";

    /// <summary>The program that runs PowerShell, and what comes before PowerShell's own arguments.</summary>
    public required TaskCommand PowerShell { get; init; }

    /// <summary>The parameters of the script, in order; of several values a list.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Parameters { get; init; } = [];

    /// <summary>The command line.</summary>
    /// <param name="kind">What starts it.</param>
    /// <returns>The command.</returns>
    /// <exception cref="LoyaltyException"><c>TaskInvalid</c>.</exception>
    public TaskCommand ToCommand(TaskKind kind) => new(
        PowerShell.Program,
        [
            .. PowerShell.Arguments, "-NoProfile", "-NonInteractive",
            // What a policy of the machine says of scripts is not for a job to find out.
            .. kind == TaskKind.TaskScheduler ? ["-ExecutionPolicy", "RemoteSigned"] : Array.Empty<string>(), "-File", Script,
            .. Parameters.SelectMany(parameter => Spell(parameter.Key, parameter.Value)),
        ]);

    // A switch has no value.
    private static IEnumerable<string> Spell(string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return [$"-{name}"];
        foreach (var value in values)
            TaskText.DemandValue(name, value);
        if (values.Count > 1 && values.FirstOrDefault(value => value.Contains(',', StringComparison.Ordinal)) is { } torn)
        {
            throw LoyaltyErrors.TaskInvalid.Because(
                $"-{name} has '{torn}' among others: a command line hands a list on with commas between its parts.", torn,
                "Give it alone, or a folder that has them all.");
        }

        return [$"-{name}", string.Join(',', values)];
    }
}
