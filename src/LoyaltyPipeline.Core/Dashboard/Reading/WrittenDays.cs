namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>The written days.</summary>
/// <param name="All">All of them with their users, the earliest first.</param>
/// <param name="Window">The days that are shown.</param>
internal sealed record WrittenDays(IReadOnlyList<(DateOnly Day, long Users)> All, DashboardWindow Window)
{
    /// <summary>Those that are shown.</summary>
    public IReadOnlyList<(DateOnly Day, long Users)> Shown { get; } = [.. All.Where(day => Window.Contains(day.Day))];

    /// <summary>The newest; null where there is none.</summary>
    public DateOnly? Newest => All.Count == 0 ? null : All[^1].Day;
}
