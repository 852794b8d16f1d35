namespace LoyaltyPipeline.Core.Integrity;

/// <summary>How one check came out.</summary>
public sealed record CheckResult
{
    /// <summary>The test run that made the check.</summary>
    public required string RunId { get; init; }

    /// <summary>Identifies the check, for example <c>DW_A.USER_PROFILE.EMAIL.not_null</c>.</summary>
    public required string CheckId { get; init; }

    /// <summary>The suite it belongs to.</summary>
    public required CheckSuite Suite { get; init; }

    /// <summary>The table it looks at; null where it is not about one table.</summary>
    public string? Table { get; init; }

    /// <summary>The column or columns it looks at; null where it is about whole rows.</summary>
    public string? Column { get; init; }

    /// <summary>How it came out.</summary>
    public required CheckStatus Status { get; init; }

    /// <summary>What was found, or why it was not checked; never personal data.</summary>
    public required string Message { get; init; }

    /// <summary>How many rows, days, users or whatever the check counts are not as they must be; null where it was not checked.</summary>
    public long? Violations { get; init; }

    /// <summary>Of how many; null where it was not checked.</summary>
    public long? Total { get; init; }

    /// <summary>The share of violations, 0 to 100; null where there is nothing to take a share of.</summary>
    public decimal? Percent => Violations is { } violations && Total is > 0 and { } total ? Math.Round(violations * 100m / total, 4) : null;

    /// <summary>The limits that were applied, in words.</summary>
    public string Threshold { get; init; } = string.Empty;

    /// <summary>Some of the violations: keys of rows, personal data masked. Filled for checks that did not pass.</summary>
    public IReadOnlyList<string> Sample { get; init; } = [];

    /// <summary>The query that shows all violations; null where they are not rows.</summary>
    public string? Sql { get; init; }

    /// <summary>Since when the check has not passed (UTC), over all runs without a break; null where it passed or was skipped.</summary>
    public DateTime? FailedSince { get; init; }

    /// <summary>When it was checked (UTC).</summary>
    public required DateTime CheckedAt { get; init; }

    /// <summary>How long it took; checks that share a scan share its time.</summary>
    public double Seconds { get; init; }
}
