namespace LoyaltyPipeline.Core.Dashboard.Page;

/// <summary>
/// One answer on a tab. What is null is not there; the text says in words what the rest shows, and where there is nothing to show, why.
/// </summary>
/// <param name="Id">Names it on the page; lower case and hyphens, unique among all panels.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Text">What is to be seen, in a sentence or two.</param>
internal sealed record DashboardPanel(string Id, string Title, string Text)
{
    /// <summary>How it is; null where that is not a question.</summary>
    public DashboardState? State { get; init; }

    /// <summary>Whether something that belongs on it could not be read; its text says what.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Whether it takes the whole width of a wide screen.</summary>
    public bool IsWide { get; init; }

    /// <summary>Figures to be read at a glance.</summary>
    public IReadOnlyList<DashboardFact>? Facts { get; init; }

    /// <summary>What follows from what, as boxes and arrows.</summary>
    public IReadOnlyList<DashboardLink>? Links { get; init; }

    /// <summary>A picture, as SVG that needs nothing else; the title says what it shows.</summary>
    public string? Picture { get; init; }

    /// <summary>How the table is drawn; null where the table itself is shown.</summary>
    public DashboardChart? Chart { get; init; }

    /// <summary>The data: below its chart, folded, or open where there is no chart.</summary>
    public DashboardTable? Table { get; init; }
}
