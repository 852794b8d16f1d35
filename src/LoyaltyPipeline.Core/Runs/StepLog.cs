using System.Globalization;

namespace LoyaltyPipeline.Core.Runs;

/// <summary>A step of a run and its cost.</summary>
public sealed class StepLog(int stepNumber, string step, DateTime startedAt, double seconds, long? rowCount, string? queryIds = null)
{
    /// <summary>Order within the run, from 1.</summary>
    public int StepNumber { get; } = stepNumber;

    /// <summary>Name of the step.</summary>
    public string Step { get; } = step;

    /// <summary>When it began (UTC).</summary>
    public DateTime StartedAt { get; } = startedAt;

    /// <summary>How long it took.</summary>
    public double Seconds { get; } = seconds;

    /// <summary>Rows it handled; null where rows are not its measure.</summary>
    public long? RowCount { get; } = rowCount;

    /// <summary>The engine's ids of its statements, separated by blanks; null where the engine has none.</summary>
    public string? QueryIds { get; } = queryIds;

    /// <summary>For example <c>Compare: 0.120 s</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Step}: {Seconds:0.000} s");
}
