namespace LoyaltyPipeline.Core.Scheduling.Programs;

/// <summary>Runs other programs.</summary>
internal interface IProgramRunner
{
    /// <summary>Runs a program to its end, or until it has taken too long; then it is ended with all that it started.</summary>
    /// <returns>What came of it; null where there is no such program.</returns>
    Task<ProgramOutcome?> RunAsync(ProgramCall call, CancellationToken cancellationToken);
}
