namespace LoyaltyPipeline.Core.Configuration.Integrity;

/// <summary>How the days of a series are judged. about_LoyaltyAnomalies explains the figures and how well they do.</summary>
public sealed record AnomalySettings
{
    /// <summary>Days before the day at hand that are looked at: twenty weeks, so that each weekday is seen twenty times.</summary>
    public int WindowDays { get; init; } = 140;

    /// <summary>Figures there must be before a day is judged: four of each weekday.</summary>
    public int MinimumDays { get; init; } = 28;

    /// <summary>From how many spreads on a single day is a drop or a spike.</summary>
    public double Threshold { get; init; } = 2.8;

    /// <summary>How many days in a row beyond <see cref="ShiftThreshold"/> are a new level.</summary>
    public int ShiftDays { get; init; } = 3;

    /// <summary>From how many spreads on a day counts towards a new level.</summary>
    public double ShiftThreshold { get; init; } = 2;

    /// <summary>What a day may be off, in spreads, without adding to a drift.</summary>
    public double DriftAllowance { get; init; } = 1;

    /// <summary>The sum, in spreads beyond the allowance, from which on there is a drift.</summary>
    public double DriftLimit { get; init; } = 6;

    /// <summary>How often at least a figure must be repeated to count as frozen.</summary>
    public int FrozenRepeats { get; init; } = 3;

    /// <summary>How improbable the repeats must be, by how often figures were repeated before.</summary>
    public double FrozenProbability { get; init; } = 0.001;

    /// <summary>The least spread, as a share of what is expected.</summary>
    public double RelativeFloor { get; init; } = 0.005;

    /// <summary>The least spread, in the unit of the series; more than 0.</summary>
    public double AbsoluteFloor { get; init; } = 1;

    /// <summary>
    /// The least spread on a day, beside <see cref="AbsoluteFloor"/>, in the unit of the series: of few users a single one moves a share or
    /// a mean far.
    /// </summary>
    public Func<DateOnly, double> FloorOf { get; init; } = static _ => 0;

    /// <summary>
    /// Whether the figures count things; the spread of a count is never less than its square root, as with the Poisson distribution.
    /// </summary>
    public bool IsCount { get; init; }

    /// <summary>The least that a figure can be.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>On which side of what is expected a figure is unusual.</summary>
    public AnomalyDirection Direction { get; init; }

    /// <summary>Whether the last days of months are compared with each other.</summary>
    public bool HasMonthEnds { get; init; } = true;

    /// <summary>Days of which nothing is expected.</summary>
    public IReadOnlySet<DateOnly> Holidays { get; init; } = new HashSet<DateOnly>();

    /// <summary>Whether a day should have a figure.</summary>
    public Func<DateOnly, bool> IsExpected { get; init; } = static _ => true;
}
