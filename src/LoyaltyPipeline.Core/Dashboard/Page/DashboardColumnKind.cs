namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>What the cells of a column are.</summary>
internal enum DashboardColumnKind
{
    Text,

    Number,

    /// <summary>A share, 0 to 1, shown in percent.</summary>
    Share,

    /// <summary>A piece of a script, whose line ends count.</summary>
    Code,

    Day,

    /// <summary>A time (UTC), as <c>2026-06-30 05:00:00</c>.</summary>
    Time,

    State,

    /// <summary>
    /// States in a row, the oldest first, a letter for each: o for ok, w for warning, b for bad, u for unknown, a blank where there was
    /// none.
    /// </summary>
    Strip,
}
