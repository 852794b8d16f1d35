namespace LoyaltyPipeline.Benchmarks.Reporting;

/// <summary>All figures of a run of the benchmarks.</summary>
internal sealed record Report(DateTime FinishedAt, MachineFacts Machine, int Users, int Days, int Rounds, IReadOnlyList<Figure> Figures)
{
    public static string Method =>
        "Every measured run is a process of its own. What is compared is measured in pairs, in alternating order, on equal files; "
        + "a ratio is the median of the ratios of the pairs. Seconds are wall time from the first call into the library (or the first statement's "
        + "connection) to the closed warehouse; peak memory is the process's peak resident set. Figures are medians of the rounds.";
}
