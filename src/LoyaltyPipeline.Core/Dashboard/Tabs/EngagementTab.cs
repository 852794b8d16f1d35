using System.Globalization;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Engagement: the segments by region and over time, and who moved.</summary>
/// <param name="data">What was read.</param>
internal sealed class EngagementTab(DashboardData data)
{
    private const string Outside = "not a user";
    private const string OtherRegions = "(other regions)";

    private static readonly EngagementSegment[] Segments = Enum.GetValues<EngagementSegment>();

    public DashboardTab Build()
    {
        const string TrendId = "engagement-trend";
        const string TrendTitle = "Users by segment over time";
        var alone = new Alone(data);
        DashboardPanel[] panels = data.Newest is not null
            ? [
                alone.Panel(TrendId, TrendTitle, () => Trend(data, TrendId, TrendTitle, "Users of each segment on each written day.")),
                alone.Panel("engagement-regions", "Segments by region", Regions),
                alone.Panel("engagement-moves", "Who moved between segments", () => Moves(data.Engagement!)),
                alone.Panel("engagement-scores", "Scores against thresholds", () => Scores(data.Engagement!)),
                alone.Panel("engagement-region-figures", "Scores, support and retention by region", RegionFigures),
            ]
            : [new DashboardPanel("engagement-none", "Engagement", "No day has been merged yet, so there are no users.")];
        return new DashboardTab("engagement", "Engagement", State: null, panels);
    }

    /// <summary>Users by segment over time, as a chart of lines.</summary>
    public static DashboardPanel Trend(DashboardData data, string id, string title, string text) => new(id, title, text)
    {
        IsWide = true,
        Chart = new DashboardChart(DashboardChartKind.Lines, "Day", "Users") { Series = "Segment" },
        Table = new DashboardTable(
            [new("Day", DashboardColumnKind.Day), new("Segment"), new("Users", DashboardColumnKind.Number)],
            [
                .. Segments.SelectMany(segment => (data.Metric(MetricNames.UsersOf(segment))?.Points ?? [])
                    .Where(point => data.Window.Contains(point.Day))
                    .Select(
                        point => new object?[] { Written.Day(point.Day), SegmentNames.Of(segment), SmallGroups.Cell((long)point.Value) })),
            ]),
    };

    private DashboardPanel Regions()
    {
        var newest = data.Newest!.Value;
        var users = Segments.Select(MetricNames.UsersOf).Prepend(MetricNames.Users)
            .ToDictionary(
                metric => metric,
                metric => data.SeriesOf(metric).Where(series => series.Points[^1].Day == newest)
                    .ToDictionary(series => series.RegionCode, series => (long)series.Points[^1].Value, StringComparer.Ordinal),
                    StringComparer.Ordinal);
        long UsersOn(string metric, string region) => users[metric].GetValueOrDefault(region);
        var regions = users[MetricNames.Users].Keys
            .Where(region => region != MetricNames.AllRegions && UsersOn(MetricNames.Users, region) > 0).ToList();
        // A segment of few users in a region would tell of them; their region then goes with others of its kind.
        var rows = regions
            .SelectMany(
                region => Segments.Select(
                    segment => (
                        Region: Segments.Any(one => SmallGroups.IsSmall(UsersOn(MetricNames.UsersOf(one), region)))
                            ? SmallGroups.Others
                            : region, Segment: SegmentNames.Of(segment), Users: UsersOn(MetricNames.UsersOf(segment), region))))
            .GroupBy(row => (row.Region, row.Segment))
            .Select(group => (group.Key.Region, group.Key.Segment, Users: group.Sum(row => row.Users)))
            .OrderBy(row => row.Region == SmallGroups.Others).ThenBy(row => row.Region, StringComparer.Ordinal).ToList();
        // Figures of the largest regions are read; what all together have more is that of the others.
        var others = regions.Count < Top.Regions ? 0 : UsersOn(MetricNames.Users, MetricNames.AllRegions) - rows.Sum(row => row.Users);
        if (others > 0)
            rows.AddRange(
                Segments.Select(
                    segment => (
                        OtherRegions, SegmentNames.Of(segment),
                        UsersOn(
                            MetricNames.UsersOf(segment),
                            MetricNames.AllRegions) - rows.Where(row => row.Segment == SegmentNames.Of(segment)).Sum(row => row.Users)))
                            .ToList());
        var leftOut = others > 0
            ? $" Each of the {Written.Number(Top.Regions)} regions of most users is shown; the others are {OtherRegions} together."
            : string.Empty;
        return new DashboardPanel(
            "engagement-regions", "Segments by region",
            $"Users of {Written.Day(newest)}. A region in which a segment has fewer than {Written.Number(SmallGroups.Fewest)} users is among {SmallGroups.Others}.{leftOut}")
        {
            Chart = new DashboardChart(DashboardChartKind.Bars, "Region", "Users") { Series = "Segment" },
            Table = new DashboardTable(
                [new("Region"), new("Segment"), new("Users", DashboardColumnKind.Number)],
                [.. rows.Select(row => new object?[] { row.Region, row.Segment, SmallGroups.Cell(row.Users) })]),
        };
    }

    private static DashboardPanel Moves(EngagementFigures figures)
    {
        const string Title = "Who moved between segments";
        if (figures.Since is not { } since)
            return new DashboardPanel("engagement-moves", Title, "Only one day has been written; there is nothing to compare it with.");
        var moves = figures.Moves.Where(move => !SmallGroups.IsSmall(move.Users)).ToList();
        var moved = figures.Moves.Where(move => move.From != move.To).Sum(move => move.Users);
        return new DashboardPanel(
            "engagement-moves", Title,
            $"{SmallGroups.Say(moved)} users are in another segment than on {Written.Day(since)}, came or went. Moves of fewer than {Written.Number(SmallGroups.Fewest)} users are not shown.")
        {
            Chart = moves.Count == 0 ? null : new DashboardChart(DashboardChartKind.Flow, "Then", "Users") { Series = "Now" },
            Table = new DashboardTable(
                [new("Then"), new("Now"), new("Users", DashboardColumnKind.Number)],
                [.. moves.Select(move => new object?[] { move.From ?? Outside, move.To ?? Outside, move.Users })]),
        };
    }

    private static DashboardPanel Scores(EngagementFigures figures)
    {
        const string Title = "Scores against thresholds";
        if (figures.Scores.Count == 0)
            return new DashboardPanel("engagement-scores", Title, "No user has a score.");
        List<DashboardMarkLine> lines = [];
        if (figures.LowBelow is { } low)
            lines.Add(new DashboardMarkLine(StepOf(EngagementReader.StepFrom(low)), Say("low below", low)));
        if (figures.HighFrom is { } high)
            lines.Add(new DashboardMarkLine(StepOf(EngagementReader.StepFrom(high)), Say("high from", high)));
        return new DashboardPanel(
            "engagement-scores", Title,
            "Users by score, in steps of five: each without its upper end, but the last, which ends with 100. The thresholds differ by region; the lines are those of the median user.")
        {
            Chart = new DashboardChart(DashboardChartKind.Bars, "Score", "Users") { Series = "Segment", MarkLines = lines },
            Table = new DashboardTable(
                [new("Score"), new("Segment"), new("Users", DashboardColumnKind.Number)],
                [.. figures.Scores.Select(
                    score => new object?[] { StepOf(score.ScoreFrom), score.Segment, SmallGroups.Cell(score.Users) })]),
        };
    }

    private DashboardPanel RegionFigures() => new(
        "engagement-region-figures", "Scores, support and retention by region",
        $"Shares are of users with an active account; contacts are calls, chats and tickets of thirty days. Regions of fewer than {SmallGroups.Fewest} users are not shown.")
    {
        IsWide = true,
        Table = new DashboardTable(
            [
                new("Region"), new("Users", DashboardColumnKind.Number), new("Mean score", DashboardColumnKind.Number),
                new("Median score", DashboardColumnKind.Number), new("Above threshold", DashboardColumnKind.Share),
                new("Below threshold", DashboardColumnKind.Share), new("Contacts per user", DashboardColumnKind.Number),
                new("Retained", DashboardColumnKind.Number), new("Churned", DashboardColumnKind.Number),
            ],
            [
                .. data.Regions.Where(region => !SmallGroups.IsSmall(region.Users)).Select(region => new object?[]
                {
                    region.Region, region.Users, SmallGroups.Figure(region.MeanScore, region.Scored),
                    SmallGroups.Figure(region.MedianScore, region.Scored), SmallGroups.Share(region.ShareAbove, region.ActiveUsers),
                    SmallGroups.Share(region.ShareBelow, region.ActiveUsers), region.ContactsPerUser, SmallGroups.Cell(region.Retained),
                    SmallGroups.Cell(region.Churned),
                }),
            ]),
    };

    private static string StepOf(int from) => string.Create(CultureInfo.InvariantCulture, $"{from}–{from + EngagementReader.ScoreStep}");

    private static string Say(string what, decimal threshold) => string.Create(CultureInfo.InvariantCulture, $"{what} {threshold:0.##}");
}
