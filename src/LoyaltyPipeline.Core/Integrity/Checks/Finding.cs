namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>What a check has found.</summary>
internal sealed record Finding
{
    /// <summary>How many are not as they must be; null where nothing was checked.</summary>
    public long? Violations { get; init; }

    /// <summary>Of how many.</summary>
    public long? Total { get; init; }

    /// <summary>What was found, in words, or why nothing was checked; null for the words that the definition gives.</summary>
    public string? Message { get; init; }

    /// <summary>The query that yields the violations; null where they are not rows.</summary>
    public string? Rows { get; init; }

    /// <summary>
    /// The query that yields a text for each of some violations, without personal data, <c>{0}</c> standing for how many; null where there
    /// is none.
    /// </summary>
    public string? SampleFormat { get; init; }

    /// <summary>
    /// A cheaper query of the same kind, which may find fewer than there are; null where there is none. What it finds is enough if it is as
    /// much as was asked for.
    /// </summary>
    public string? QuickSampleFormat { get; init; }

    /// <summary>Some of the violations, where no query is needed.</summary>
    public IReadOnlyList<string> Sample { get; init; } = [];

    /// <summary>Looks up some of the violations in a way of the check's own; null where the queries above do.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<string>>>? TakeSampleAsync { get; init; }

    /// <summary>There is nothing to check.</summary>
    /// <param name="reason">Why.</param>
    public static Finding Skip(string reason) => new() { Message = reason };
}
