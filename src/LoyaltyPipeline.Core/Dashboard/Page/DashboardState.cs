namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>How something is. The page shows a symbol and a word for it, never a colour alone.</summary>
internal enum DashboardState
{
    /// <summary>As it must be.</summary>
    Ok,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>Not as it must be.</summary>
    Bad,

    /// <summary>Not known: there is not enough to tell, or nothing to look at.</summary>
    Unknown,
}
