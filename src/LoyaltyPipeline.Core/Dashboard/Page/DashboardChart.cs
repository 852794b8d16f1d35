namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>How a table is drawn, by the names of its columns.</summary>
/// <param name="Kind">The kind of chart.</param>
/// <param name="X">The column of the places: days and times lie on a scale of time, and numbers on one of numbers, where a bar stands
/// around its number; of texts each has a place of its own.</param>
/// <param name="Value">The column of the figures.</param>
internal sealed record DashboardChart(DashboardChartKind Kind, string X, string Value)
{
    /// <summary>
    /// The column that tells lines, parts of bars, rows of a heat map or ends of flows apart; null where there is one of them.
    /// </summary>
    public string? Series { get; init; }

    /// <summary>The column of the lower ends; null where the kind has none.</summary>
    public string? Low { get; init; }

    /// <summary>The column of the upper ends; null where the kind has none.</summary>
    public string? High { get; init; }

    /// <summary>The column whose texts mark a point; null where nothing is marked.</summary>
    public string? Mark { get; init; }

    /// <summary>Lines across the chart, at a place of <c>X</c>; null for none.</summary>
    public IReadOnlyList<DashboardMarkLine>? MarkLines { get; init; }
}
