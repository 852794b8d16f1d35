namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>What the latest test runs found.</summary>
/// <param name="Runs">The test runs, the oldest first.</param>
/// <param name="Checks">The checks that one of them made and that there still are, each as it was last made, by suite, table and
/// id.</param>
internal sealed record CheckHistory(IReadOnlyList<(string RunId, DateTime At)> Runs, IReadOnlyList<CheckLine> Checks)
{
    /// <summary>When the latest test run began (UTC); null where there was none.</summary>
    public DateTime? LastAt => Runs.Count == 0 ? null : Runs[^1].At;

    /// <summary>A check by its id; null where none of the runs made it.</summary>
    public CheckLine? Find(string checkId) =>
        Checks.FirstOrDefault(check => string.Equals(check.CheckId, checkId, StringComparison.OrdinalIgnoreCase));
}
