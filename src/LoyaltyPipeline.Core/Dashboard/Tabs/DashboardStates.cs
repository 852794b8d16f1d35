using LoyaltyPipeline.Core.Dashboard.Page;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>How things are.</summary>
internal static class DashboardStates
{
    /// <summary>How a check came out.</summary>
    public static DashboardState Of(CheckStatus status) => status switch
    {
        CheckStatus.Passed => DashboardState.Ok,
        CheckStatus.Warning => DashboardState.Warning,
        CheckStatus.Skipped => DashboardState.Unknown,
        _ => DashboardState.Bad,
    };

    /// <summary>The worst of several; what is not known is no worse than what is sound, unless nothing is known.</summary>
    public static DashboardState Worst(IEnumerable<DashboardState> states)
    {
        var all = states.ToHashSet();
        if (all.Contains(DashboardState.Bad))
            return DashboardState.Bad;
        if (all.Contains(DashboardState.Warning))
            return DashboardState.Warning;
        return all.Contains(DashboardState.Ok) ? DashboardState.Ok : DashboardState.Unknown;
    }

    /// <summary>The worst of the panels of a tab.</summary>
    public static DashboardState Worst(IEnumerable<DashboardPanel> panels) =>
        Worst(panels.Select(panel => panel.State).OfType<DashboardState>());
}
