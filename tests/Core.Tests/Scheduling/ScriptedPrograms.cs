using System.Text;
using LoyaltyPipeline.Core.Scheduling.Programs;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

/// <summary>Programs that do as a test says, and are remembered.</summary>
internal sealed class ScriptedPrograms(Func<ProgramCall, ProgramOutcome?> answer) : IProgramRunner
{
    public List<ProgramCall> Calls { get; } = [];

    public static ProgramOutcome Done(string text = "") => new(0, Encoding.UTF8.GetBytes(text), string.Empty);

    public static ProgramOutcome Failed(string errors) => new(1, [], errors);

    public Task<ProgramOutcome?> RunAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        Calls.Add(call);
        return Task.FromResult(answer(call));
    }
}
