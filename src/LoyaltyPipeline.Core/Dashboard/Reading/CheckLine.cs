namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>How a check came out when it was last made, and before.</summary>
/// <param name="RunId">The test run that last made it.</param>
/// <param name="Suite">What it looks at.</param>
/// <param name="Table">The table; null where it is not about one.</param>
/// <param name="Status">How it came out.</param>
/// <param name="Message">What was found.</param>
/// <param name="FailedSince">Since when it has not passed (UTC); null where it passed or was skipped.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Before">How it came out in each test run, the oldest first; null where a run did not make it.</param>
internal sealed record CheckLine(
    string RunId, string CheckId, CheckSuite Suite, string? Table, CheckStatus Status, string Message, DateTime? FailedSince,
    double Seconds, IReadOnlyList<CheckStatus?> Before);
