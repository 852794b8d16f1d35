using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Scheduling.Programs;

/// <summary>The program through which jobs are registered.</summary>
internal sealed class SchedulerProgram(IProgramRunner runner, string name)
{
    /// <summary>Runs it, whatever comes of it.</summary>
    /// <exception cref="LoyaltyException"><c>SchedulerUnavailable</c>: it is not there, or took too long.</exception>
    public async Task<ProgramOutcome> RunAsync(IReadOnlyList<string> arguments, byte[] input, CancellationToken cancellationToken)
    {
        var call = new ProgramCall(name, arguments) { Input = input };
        var outcome = await runner.RunAsync(call, cancellationToken)
            ?? throw LoyaltyErrors.SchedulerUnavailable.Because(
                $"The program {name} is not here.", name, "Install it, or give another -Kind.");
        return outcome.ExitCode is null
            ? throw LoyaltyErrors.SchedulerUnavailable.Because($"'{call}' did not end within {call.Timeout.TotalSeconds} seconds.", name)
            : outcome;
    }

    /// <summary>Runs it and demands that it succeeds.</summary>
    /// <exception cref="LoyaltyException"><c>SchedulerUnavailable</c>.</exception>
    public async Task<ProgramOutcome> DemandAsync(IReadOnlyList<string> arguments, byte[] input, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(arguments, input, cancellationToken);
        return outcome.ExitCode == 0 ? outcome : throw Refused(arguments, outcome);
    }

    /// <summary>The failure that it refused.</summary>
    public LoyaltyException Refused(IReadOnlyList<string> arguments, ProgramOutcome outcome)
    {
        var said = string.Join(' ', $"{outcome.Errors} {outcome.Text}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return LoyaltyErrors.SchedulerUnavailable.Because(
            $"'{new ProgramCall(name, arguments)}' ended with {outcome.ExitCode}: {(said.Length > 0 ? said : "it said nothing")}", name);
    }
}
