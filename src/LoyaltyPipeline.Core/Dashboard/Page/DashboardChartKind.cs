namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>How a table is drawn.</summary>
internal enum DashboardChartKind
{
    /// <summary>
    /// Bars of <c>Value</c> over <c>X</c>, stacked by <c>Series</c>; they lie, with room for names, where <c>X</c> is a text that does not
    /// begin with a number.
    /// </summary>
    Bars,

    /// <summary>Lines of <c>Value</c> over <c>X</c>, one for each <c>Series</c>.</summary>
    Lines,

    /// <summary>
    /// A line of <c>Value</c> over <c>X</c>, with the band from <c>Low</c> to <c>High</c> behind it, and a point wherever <c>Mark</c> says
    /// something.
    /// </summary>
    Band,

    /// <summary>A bar for each row, named by <c>X</c>, from <c>Low</c> to <c>High</c>.</summary>
    Gantt,

    /// <summary>A field for each row, at <c>X</c> and <c>Series</c>, the darker the larger <c>Value</c>.</summary>
    HeatMap,

    /// <summary>A flow for each row, from <c>X</c> to <c>Series</c>, as wide as <c>Value</c>.</summary>
    Flow,
}
