namespace LoyaltyPipeline.Anomalies;

/// <summary>How well planted faults were found.</summary>
/// <param name="Planted">Faults planted.</param>
/// <param name="Found">Faults of which some alarm was raised in time.</param>
/// <param name="Named">Faults of which an alarm of their kind was raised in time.</param>
/// <param name="FalseAlarms">Days on which an alarm was raised that no fault accounts for.</param>
/// <param name="JudgedDays">Days judged that no fault touches.</param>
public sealed record DetectionScore(int Planted, int Found, int Named, int FalseAlarms, int JudgedDays)
{
    /// <summary>The share of faults found; not a number where none was planted.</summary>
    public double Recall => (double)Found / Planted;

    /// <summary>The share of faults found and called by their name; not a number where none was planted.</summary>
    public double NamedRecall => (double)Named / Planted;

    /// <summary>
    /// The share of alarms, on the faults and on the days they do not touch, that were about a fault; not a number where there was no
    /// alarm.
    /// </summary>
    public double Precision => (double)Found / (Found + FalseAlarms);

    /// <summary>False alarms in 200 days judged.</summary>
    public double FalseAlarmsIn200Days => 200.0 * FalseAlarms / JudgedDays;

    /// <summary>Two scores together.</summary>
    public DetectionScore Plus(DetectionScore other) =>
        new(
            Planted + other.Planted, Found + other.Found, Named + other.Named, FalseAlarms + other.FalseAlarms,
            JudgedDays + other.JudgedDays);
}
