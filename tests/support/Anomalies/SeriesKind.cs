namespace LoyaltyPipeline.Anomalies;

/// <summary>Series that are not like most, each with a fault of its own.</summary>
public enum SeriesKind
{
    /// <summary>
    /// Last days of months that differ from each other twice as much as other days; one of them is six of its spreads too low.
    /// </summary>
    MonthEnds,

    /// <summary>Poisson counts with a mean of 1 to 15; one day has five times as many, and eight at least.</summary>
    SmallCounts,

    /// <summary>Nothing on 30 to 90 % of the days, and Poisson counts of 5 to 500 on the others; one day has five times as many.</summary>
    ManyZeros,

    /// <summary>The same number, 3 to 50, day after day; then half of it.</summary>
    Constant,
}
