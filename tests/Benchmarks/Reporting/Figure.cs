namespace LoyaltyPipeline.Benchmarks.Reporting;

/// <summary>Something measured, the median of its rounds.</summary>
/// <param name="Scenario">The scenario that measured it.</param>
/// <param name="Name">What it says.</param>
/// <param name="Unit">Its unit: <c>s</c>, <c>ms</c>, <c>MB</c>, <c>rows/s</c> or <c>x</c> for a ratio.</param>
/// <param name="Rounds">The value of each round.</param>
internal sealed record Figure(string Scenario, string Name, string Unit, IReadOnlyList<double> Rounds)
{
    /// <summary>The median of the rounds.</summary>
    public double Value => Statistics.Median(Rounds);

    /// <summary>What the value must be; null for a figure that is only for information.</summary>
    public Target? Target { get; init; }

    /// <summary>Whether the target is met; null where there is none, or it is meant for another size.</summary>
    public bool? Passed => Target?.IsMetBy(Value);

    /// <summary>How it comes about, such as the seconds by step or by table, each a median.</summary>
    public IReadOnlyDictionary<string, double>? Parts { get; init; }
}
