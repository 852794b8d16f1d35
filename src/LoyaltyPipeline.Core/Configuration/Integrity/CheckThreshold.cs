namespace LoyaltyPipeline.Core.Configuration.Integrity;

/// <summary>From where on a check warns and from where on it fails.</summary>
/// <param name="Warn">More than this is a warning; null for never.</param>
/// <param name="Error">More than this is a failure; null for never.</param>
public sealed record CheckThreshold(RowLimit? Warn, RowLimit? Error)
{
    /// <summary>Any violation is a failure.</summary>
    public static CheckThreshold FailsOnAny { get; } = new(null, RowLimit.None);

    /// <summary>Any violation is a warning, and no number of them a failure.</summary>
    public static CheckThreshold WarnsOnAny { get; } = new(RowLimit.None, null);

    /// <summary>What a number of violations amounts to.</summary>
    /// <param name="violations">How many there are.</param>
    /// <param name="total">Of how many.</param>
    /// <returns>Passed, Warning or Failed.</returns>
    public CheckStatus Judge(long violations, long total)
    {
        if (Error?.IsExceeded(violations, total) == true)
            return CheckStatus.Failed;
        return Warn?.IsExceeded(violations, total) == true ? CheckStatus.Warning : CheckStatus.Passed;
    }

    /// <summary>The limits in words.</summary>
    /// <returns>For example <c>warn &gt; 0, error &gt; 5%</c>.</returns>
    public override string ToString() => string.Join(", ", new[] { Say("warn", Warn), Say("error", Error) }.OfType<string>());

    private static string? Say(string what, RowLimit? limit) => limit is { } value ? $"{what} > {value}" : null;
}
