namespace LoyaltyPipeline.Core.Runs;

/// <summary>A step of a run and its cost.</summary>
/// <param name="StepNumber">Order within the run, from 1.</param>
/// <param name="Step">Name of the step.</param>
/// <param name="StartedAt">When it began (UTC).</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="RowCount">Rows it handled; null where rows are not its measure.</param>
/// <param name="QueryIds">The engine's ids of its statements, separated by blanks; null where the engine has none.</param>
public sealed record StepLog(int StepNumber, string Step, DateTime StartedAt, double Seconds, long? RowCount, string? QueryIds = null);
