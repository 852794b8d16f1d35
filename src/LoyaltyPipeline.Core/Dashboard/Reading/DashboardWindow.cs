namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>The days that a dashboard shows.</summary>
/// <param name="Last">The last, which is the newest written day.</param>
internal sealed record DashboardWindow(DateOnly First, DateOnly Last)
{
    /// <summary>Whether a day is shown.</summary>
    public bool Contains(DateOnly day) => day >= First && day <= Last;
}
