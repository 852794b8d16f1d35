using System.Collections.ObjectModel;

namespace LoyaltyPipeline.Core.Integrity;

/// <summary>How one check came out.</summary>
public sealed class CheckResult
{
    /// <summary>The test run that made the check.</summary>
    public string RunId { get; internal set; } = string.Empty;

    /// <summary>Identifies the check, for example <c>DW_A.USER_PROFILE.EMAIL.not_null</c>.</summary>
    public string CheckId { get; internal set; } = string.Empty;

    /// <summary>The suite it belongs to.</summary>
    public CheckSuite Suite { get; internal set; }

    /// <summary>The table it looks at; null where it is not about one table.</summary>
    public string? Table { get; internal set; }

    /// <summary>The column or columns it looks at; null where it is about whole rows.</summary>
    public string? Column { get; internal set; }

    /// <summary>How it came out.</summary>
    public CheckStatus Status { get; internal set; }

    /// <summary>What was found, or why it was not checked; never personal data.</summary>
    public string Message { get; internal set; } = string.Empty;

    /// <summary>How many rows, days, users or whatever the check counts are not as they must be; null where it was not checked.</summary>
    public long? Violations { get; internal set; }

    /// <summary>Of how many; null where it was not checked.</summary>
    public long? Total { get; internal set; }

    /// <summary>The share of violations, 0 to 100; null where there is nothing to take a share of.</summary>
    public decimal? Percent => Violations is { } violations && Total is > 0 and { } total ? Math.Round(violations * 100m / total, 4) : null;

    /// <summary>The limits that were applied, in words.</summary>
    public string Threshold { get; internal set; } = string.Empty;

    /// <summary>Some of the violations: keys of rows, personal data masked. Filled for checks that did not pass.</summary>
    public ReadOnlyCollection<string> Sample { get; internal set; } = [];

    /// <summary>The query that shows all violations; null where they are not rows.</summary>
    public string? Sql { get; internal set; }

    /// <summary>Since when the check has not passed (UTC), over all runs without a break; null where it passed or was skipped.</summary>
    public DateTime? FailedSince { get; internal set; }

    /// <summary>When it was checked (UTC).</summary>
    public DateTime CheckedAt { get; internal set; }

    /// <summary>How long it took; checks that share a scan share its time.</summary>
    public double Seconds { get; internal set; }

    /// <summary>The same result but for a change.</summary>
    /// <param name="change">Changes the copy.</param>
    internal CheckResult With(Action<CheckResult> change)
    {
        var copy = (CheckResult)MemberwiseClone();
        change(copy);
        return copy;
    }
}
