using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>
/// Builds each piece of the page by itself: what cannot be read, or built, costs the piece that shows it, and the piece says so.
/// </summary>
/// <param name="data">What was read.</param>
internal sealed class Alone(DashboardData data)
{
    // Who wants to know of each row asks the checks.
    private const int NamedRows = 3;

    /// <summary>Builds a tab.</summary>
    public DashboardTab Tab(string id, string title, Func<DashboardTab> build) => Try(
        build,
        static (tab, _) => tab,
        said => new DashboardTab(
            id, title, DashboardState.Bad,
            [new DashboardPanel($"{id}-unreadable", title, said) { State = DashboardState.Bad, IsWide = true, IsIncomplete = true }]));

    /// <summary>Builds a panel.</summary>
    public DashboardPanel Panel(string id, string title, Func<DashboardPanel> build) => Try(
        build,
        static (panel, lacking) => panel with { Text = $"{panel.Text} {lacking}", State = AtBest(panel.State), IsIncomplete = true },
        said => new DashboardPanel(id, title, said) { State = DashboardState.Bad, IsIncomplete = true });

    /// <summary>Builds a figure.</summary>
    public DashboardFact Fact(string label, Func<DashboardFact> build) => Try(
        build,
        static (fact, lacking) => fact with { Note = $"{fact.Note}. {lacking}", State = AtBest(fact.State) },
        said => new DashboardFact(label, "not known", said, DashboardState.Bad));

    /// <summary>Builds a text.</summary>
    public string Text(Func<string> build) => Try(build, static (text, _) => text, static said => said);

    private static DashboardState AtBest(DashboardState? state) =>
        state == DashboardState.Bad ? DashboardState.Bad : DashboardState.Warning;

    private T Try<T>(Func<T> build, Func<T, string, T> complete, Func<string, T> replace)
    {
        try
        {
            var built = data.Watch(build, out var lacking);
            return lacking.Count == 0 ? built : complete(built, Say(lacking));
        }
        catch (LoyaltyException failure)
        {
            return replace($"This could not be read: {failure.Message}");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Its words may hold a value of a row.
            return replace($"This could not be made: {LoyaltyErrors.UnexpectedFailure.Id}, {failure.GetType().Name}.");
        }
    }

    private static string Say(IReadOnlyCollection<LoyaltyException> lacking)
    {
        var rows = lacking.Select(failure => failure.Message).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var more = rows.Count > NamedRows ? $" And {Written.Number(rows.Count - NamedRows)} more." : string.Empty;
        return $"{Written.Count(rows.Count, "row")} could not be read and {(rows.Count == 1 ? "is" : "are")} left out. {string.Join(' ', rows.Take(NamedRows))}{more}";
    }
}
