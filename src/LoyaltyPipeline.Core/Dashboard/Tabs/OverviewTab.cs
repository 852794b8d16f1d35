using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Overview: is it sound today, in one look.</summary>
/// <param name="data">What was read.</param>
/// <param name="others">The other tabs, whose states are taken over.</param>
internal sealed class OverviewTab(DashboardData data, IReadOnlyList<DashboardTab> others)
{
    private readonly Alone _alone = new(data);

    public DashboardTab Build()
    {
        DashboardPanel[] panels =
        [
            _alone.Panel("overview-verdict", "Is it sound today?", Verdict), _alone.Panel("overview-users", "Users", Users),
            _alone.Panel("overview-freshness", "How fresh the sources are", Freshness),
        ];
        return new DashboardTab("overview", "Overview", panels[0].State!.Value, panels);
    }

    private DashboardPanel Verdict()
    {
        List<DashboardFact> facts =
        [
            _alone.Fact("Last merge", LastMerge), _alone.Fact("Checks", Checks), _alone.Fact("Unusual figures", Anomalies),
            _alone.Fact("Deliveries", Deliveries),
        ];
        var incomplete = others
            .SelectMany(tab => tab.Panels.Where(panel => panel.IsIncomplete).Select(panel => (Tab: tab.Title, panel.State))).ToList();
        if (incomplete.Count > 0)
            facts.Add(
                new DashboardFact(
                    "Not read", Written.Count(incomplete.Count, "panel"),
                    $"something could not be read, on {string.Join(", ", incomplete.Select(panel => panel.Tab).Distinct(StringComparer.Ordinal))}", DashboardStates.Worst(incomplete.Select(panel => panel.State).OfType<DashboardState>())));
        var state = data.Newest is null
            ? DashboardState.Unknown
            : DashboardStates.Worst(facts.Select(fact => fact.State).OfType<DashboardState>());
        var text = data.Newest is not { } newest ? "No day has been merged yet." : state switch
        {
            DashboardState.Ok => $"Everything that was looked at is sound, as of {Written.Day(newest)}.",
            DashboardState.Warning => $"Worth a look, as of {Written.Day(newest)}: {Name(facts, DashboardState.Warning)}.",
            _ => $"Not sound, as of {Written.Day(newest)}: {Name(facts, DashboardState.Bad)}.",
        };
        return new DashboardPanel("overview-verdict", "Is it sound today?", text) { IsWide = true, State = state, Facts = facts };
    }

    private DashboardFact LastMerge()
    {
        const string Label = "Last merge";
        return data.Runs.FirstOrDefault(run => run.Kind == RunKind.Merge) is { } run
            ? new DashboardFact(
                Label, run.Day is { } day ? Written.Day(day) : "-",
                $"{run.Status} on {Written.Time(run.StartedAt)} UTC in {Written.Seconds(run.Seconds)}{(run.ErrorId is { } error ? $", {error}" : string.Empty)}", LoadTab.StateOf(run))
            : new DashboardFact(Label, "none", "no merge has run yet", DashboardState.Unknown);
    }

    private DashboardFact Checks()
    {
        var (text, state) = IntegrityTab.Say(data.Checks);
        return new DashboardFact(
            "Checks",
            data.Checks.Runs.Count == 0
                ? "none"
                : $"{Written.Number(data.Checks.Checks.Count(check => DashboardStates.Of(check.Status) == DashboardState.Bad))} failed",
                text, state);
    }

    private DashboardFact Anomalies()
    {
        var panel = others.Single(tab => tab.Id == "anomalies").Panels[0];
        return new DashboardFact("Unusual figures", panel.State switch
        {
            DashboardState.Warning => "some",
            DashboardState.Ok => "none",
            _ => "not known",
        }, panel.Text, panel.State);
    }

    private DashboardFact Deliveries()
    {
        var latest = DeliveriesTab.LatestOf(data);
        return latest.Count == 0
            ? new DashboardFact("Deliveries", "none", "nothing was delivered on these days", DashboardState.Unknown)
            : new DashboardFact("Deliveries", Written.Count(
                latest.Count,
                "consumer"), string.Join(
                    "; ",
                    latest.Select(
                        delivery => $"{delivery.Consumer} {delivery.Status.ToString().ToLowerInvariant()} of {Written.Day(delivery.Day)}")),
                DashboardStates.Worst(latest.Select(delivery => DeliveriesTab.StateOf(delivery, data.Newest))));
    }

    private DashboardPanel Users()
    {
        if (data.Days.Count == 0)
            return new DashboardPanel("overview-users", "Users", "There is no Master yet.");
        var facts = new List<DashboardFact> { FactOf("All users", data.Metric(MetricNames.Users)) };
        facts.AddRange(
            Enum.GetValues<EngagementSegment>()
                .Select(segment => FactOf(SegmentNames.Of(segment), data.Metric(MetricNames.UsersOf(segment)))));
        var text =
            $"On {Written.Day(data.Days[^1].Day)}{(data.Days.Count > 1 ? $", compared with {Written.Day(data.Days[^2].Day)}" : string.Empty)}.";
        return EngagementTab.Trend(data, "overview-users", "Users", text) with { Facts = facts };
    }

    private DashboardFact FactOf(string label, MetricSeries? series)
    {
        long? On(DateOnly day) => series?.Points.FirstOrDefault(point => point.Day == day) is { } point ? (long)point.Value : null;
        var now = On(data.Days[^1].Day);
        var before = data.Days.Count > 1 ? On(data.Days[^2].Day) : null;
        return new DashboardFact(
            label, now is { } users ? SmallGroups.Say(users) : "not measured",
            now is { } here && before is { } there
                ? $"{SmallGroups.SayChange(there, here)} since the written day before"
                : "nothing to compare with");
    }

    private DashboardPanel Freshness()
    {
        const string Title = "How fresh the sources are";
        if (data.Merges is not [.., { } merge])
            return new DashboardPanel("overview-freshness", Title, "No merge has read them yet.") { State = DashboardState.Unknown };
        var rows = merge.Sources.Select(source => (Source: source, Check: data.Checks.Find($"{source.SourceTable}.freshness"))).ToList();
        return new DashboardPanel(
            "overview-freshness", Title, $"The newest row that the merge of {Written.Day(merge.Day!.Value)} read of each source.")
        {
            IsWide = true,
            State = DashboardStates.Worst(
                rows.Select(row => row.Check is { } check ? DashboardStates.Of(check.Status) : DashboardState.Unknown)),
            Table = new DashboardTable(
                [new("Source"), new("Newest row", DashboardColumnKind.Time), new("Days behind", DashboardColumnKind.Number),
                    new("State", DashboardColumnKind.State)],
                [
                    .. rows.Select(row => new object?[]
                    {
                        row.Source.SourceTable, Written.Time(row.Source.NewestEventAt),
                        row.Source.NewestEventAt is { } time ? merge.Day.Value.DayNumber - DateOnly.FromDateTime(time).DayNumber : null,
                        row.Check is { } check ? DashboardStates.Of(check.Status) : DashboardState.Unknown,
                    }),
                ]),
        };
    }

    private static string Name(List<DashboardFact> facts, DashboardState state) =>
        string.Join(
            " ", facts.Where(fact => fact.State == state).Select(fact => $"{fact.Label} — {fact.Note}").Select(text => text.TrimEnd('.')))
            .Trim();
}
