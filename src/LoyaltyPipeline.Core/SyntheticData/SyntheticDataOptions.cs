namespace LoyaltyPipeline.Core.SyntheticData;

/// <summary>
/// What a synthetic sample contains. Equal options give equal bytes, whatever the machine, the day or the number of threads.
/// </summary>
public sealed record SyntheticDataOptions
{
    /// <summary>The earliest year that <see cref="LastDay"/> may lie in.</summary>
    public const int FirstYear = 1990;

    /// <summary>The latest year that <see cref="LastDay"/> may lie in.</summary>
    public const int LastYear = 2200;

    /// <summary>The most days a sample can have.</summary>
    internal const int LongestPeriodInDays = 3660;

    /// <summary>Number of users, each with one row in USER_PROFILE and about twenty in all tables together.</summary>
    public int Users { get; init; } = 10_000;

    /// <summary>Number of calendar days, ending with <see cref="LastDay"/>, in which events happen.</summary>
    public int Days { get; init; } = 365;

    /// <summary>Another seed gives other people with the same habits.</summary>
    public long Seed { get; init; } = 7;

    /// <summary>The last day with events. Fixed by default, so that a sample does not depend on today.</summary>
    public DateOnly LastDay { get; init; } = new(2026, 6, 30);

    /// <summary>Whether to plant rows that break each rule of the catalog.</summary>
    public bool Dirty { get; init; }

    /// <summary>How many tables are generated at a time; 0 means one per processor. Has no influence on the content.</summary>
    public int Threads { get; init; }

    /// <summary>The first day with events other than sign-ups.</summary>
    public DateOnly FirstDay => LastDay.AddDays(1 - Days);

    internal int WorkerCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    internal static void Validate(SyntheticDataOptions options)
    {
        if (options.FindMistake() is { } mistake)
            throw new ArgumentException(mistake, nameof(options));
    }

    private string? FindMistake() => this switch
    {
        { Users: < 1 } => $"A sample needs at least one user, not {Users}.",
        { Days: < 1 or > LongestPeriodInDays } => $"A sample has 1 to {LongestPeriodInDays} days, not {Days}.",
        { LastDay.Year: < FirstYear or > LastYear } =>
            $"The last day of a sample lies between {FirstYear} and {LastYear}, not on {LastDay:yyyy-MM-dd}.",
        { Threads: < 0 } => $"The number of threads is 0 (one per processor) or more, not {Threads}.",
        _ => null,
    };
}
