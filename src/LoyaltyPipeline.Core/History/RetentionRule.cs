namespace LoyaltyPipeline.Core.History;

/// <summary>Which written days are kept.</summary>
/// <param name="KeepDaily">All days among so many calendar days that end with the newest written one; at least 1.</param>
/// <param name="ThenMonthly">Whether of the time before, the last written day of each calendar month is kept too.</param>
public sealed record RetentionRule(int KeepDaily, bool ThenMonthly)
{
    /// <summary>The days that are not kept; never the newest.</summary>
    /// <param name="written">The written days, the earliest first.</param>
    /// <returns>The days, the earliest first.</returns>
    public IReadOnlyList<DateOnly> NotKept(IReadOnlyList<DateOnly> written)
    {
        if (written.Count == 0)
            return [];
        var firstDaily = written[^1].AddDays(1 - KeepDaily);
        return [.. written.Where((day, index) => day < firstDaily && !(ThenMonthly && IsLastOfMonth(written, index)))];
    }

    private static bool IsLastOfMonth(IReadOnlyList<DateOnly> written, int index) =>
        (written[index].Year, written[index].Month) != (written[index + 1].Year, written[index + 1].Month);
}
