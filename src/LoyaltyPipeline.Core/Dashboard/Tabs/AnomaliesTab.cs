using System.Globalization;
using LoyaltyPipeline.Core.Dashboard.Page;
using LoyaltyPipeline.Core.Dashboard.Reading;
using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>Anomalies: each metric with what the days before let expect of it.</summary>
/// <param name="data">What was read.</param>
internal sealed class AnomaliesTab(DashboardData data)
{
    private const int NamedParts = 5;

    public DashboardTab Build()
    {
        if (data.Newest is not { } newest)
            return Tab(
                [new DashboardPanel(
                    "anomalies-none", "Anomalies",
                    "There are no figures yet: the first merge writes them, and after four weeks days can be judged.")
                {
                    State = DashboardState.Unknown,
                }]);
        var judged = MetricNames.Of(data.Pipeline.Catalog, data.Pipeline.Config.Consumers.Values).Select(metric => Judge(metric, newest))
            .OfType<JudgedMetric>().ToList();
        return Tab(
            [new Alone(data).Panel("anomalies-summary", "Unusual figures", () => Summary(judged, newest)),
                .. judged.OrderByDescending(one => one.IsAnomalous || one.Lack is not null).Select(Panel)]);
    }

    private static DashboardTab Tab(IReadOnlyList<DashboardPanel> panels) =>
        new("anomalies", "Anomalies", DashboardStates.Worst(panels), panels);

    private JudgedMetric? Judge(string metric, DateOnly newest)
    {
        if (data.LackOf(MetricKind.NeededFor(metric)) is { } lack)
            return new JudgedMetric(
                metric, [], new SeriesJudgement(newest, AnomalyStatus.NotEnoughHistory, HistoryDays: 0), string.Empty, [], [])
            {
                Lack = lack.Message,
            };
        if (data.Metric(metric) is not { } series)
            return null;
        var judge = new SeriesJudge(data.Pipeline.Config.Integrity, metric, data.SeriesOf(MetricNames.Users));
        // The latest day as the check of the metric sees it, from the same days.
        var latest = judge.Judge(Recent(series, newest), newest);
        var judgements = judge.JudgeAll(series, newest).SkipLast(1).Append(latest).Where(judgement => data.Window.Contains(judgement.Day))
            .Select(judgement => SmallGroups.Shown(judgement, UsersIn(metric, judgement.Day)).Shown);
        var parts = data.SeriesOf(metric).Where(part => part.RegionCode != MetricNames.AllRegions && !IsSmall(part))
            .Select(part => (part.RegionCode, Judgement: judge.Judge(Recent(part, newest), newest))).ToList();
        return new JudgedMetric(
            metric,
            [.. judgements],
            latest,
            Say(latest, metric),
            latest.Status == AnomalyStatus.Anomalous
                ? [.. Contributors.Of(latest, parts, MetricKind.Of(metric).AddsUp)
                    .Where(part => !MetricKind.Of(metric).IsCount || !SmallGroups.IsSmall(part.Change))]
                : [],
            [.. parts.Where(part => part.Judgement.Status == AnomalyStatus.Anomalous)
                .Select(part => (part.RegionCode, Say(part.Judgement, metric)))]);
    }

    private MetricSeries Recent(MetricSeries series, DateOnly newest)
    {
        var settings = data.Pipeline.Config.Integrity.Anomalies;
        return series with
        {
            Points = [.. series.Points.Where(point => point.Day >= newest.AddDays(-settings.WindowDays - settings.MinimumDays))],
        };
    }

    // How many users a figure is of: a count is they themselves, a share stands for part of them, a mean is of those who have a score.
    private Func<double, double> UsersIn(string metric, DateOnly day)
    {
        if (MetricKind.Of(metric).IsCount)
            return count => count;
        var users = FigureOn(MetricNames.Users, day);
        if (metric.StartsWith(MetricNames.NullSharePrefix, StringComparison.Ordinal))
            return share => share * users;
        var scored = users * (1 - FigureOn($"{MetricNames.NullSharePrefix}engagement_score", day));
        return _ => metric == MetricNames.MeanScore ? scored : 0;
    }

    private double FigureOn(string metric, DateOnly day) =>
        data.Metric(metric)?.Points.LastOrDefault(point => point.Day <= day)?.Value ?? 0;

    private string Say(SeriesJudgement judgement, string metric)
    {
        if (!SmallGroups.Shown(judgement, UsersIn(metric, judgement.Day)).IsPart)
            return judgement.ToString();
        var what = judgement.Kind is { } kind
            ? $"{kind} on {Written.Day(judgement.Day)}"
            : judgement.Status == AnomalyStatus.Normal ? "as usual" : judgement.Status.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{what}; figures of fewer than {SmallGroups.Fewest} users are not shown");
    }

    // The figures of a region of few users would be theirs, and so would the mean of few scores: at least those have one who have a
    // segment.
    private bool IsSmall(MetricSeries part)
    {
        var users = data.SeriesOf(MetricNames.Users).FirstOrDefault(series => series.RegionCode == part.RegionCode);
        var unscored = data.SeriesOf(MetricNames.UsersOf(EngagementSegment.Unscored))
            .FirstOrDefault(series => series.RegionCode == part.RegionCode);
        if (part.Metric == MetricNames.MeanScore && users is not null
            && users.Points[^1].Value - (unscored?.Points[^1].Value ?? 0) < SmallGroups.Fewest)
            return true;
        return users is null || SmallGroups.IsSmall((long)users.Points[^1].Value)
            || (MetricKind.Of(part.Metric).IsCount && part.Points.Any(point => SmallGroups.IsSmall((long)point.Value)));
    }

    private DashboardPanel Summary(List<JudgedMetric> judged, DateOnly newest)
    {
        data.UseAllFigures();
        var anomalous = judged.Where(one => one.IsAnomalous).ToList();
        var unread = judged.Count(one => one.Lack is not null);
        var unknown = judged.Count(one => one.Lack is null && one.Latest.Status == AnomalyStatus.NotEnoughHistory);
        var text = judged.Count == 0 ? "There are no figures yet." : $"On {Written.Day(newest)} {Written.Count(anomalous.Count, "figure")} of {Written.Number(judged.Count)} "
            + $"{(anomalous.Count == 1 ? "is" : "are")} not as the days before let expect{(unknown > 0 ? $"; of {Written.Number(unknown)} there is not enough history" : string.Empty)}{(unread > 0 ? $"; of {Written.Number(unread)} not all can be read" : string.Empty)}.{LeftOut()}";
        return new DashboardPanel("anomalies-summary", "Unusual figures", text)
        {
            IsWide = true,
            State = unread > 0
                ? DashboardState.Bad
                : anomalous.Count > 0 ? DashboardState.Warning : judged.Count > unknown ? DashboardState.Ok : DashboardState.Unknown,
            Table = new DashboardTable(
                [new("Metric"), new("State", DashboardColumnKind.State), new("Judgement"),
                    new("Unusual days shown", DashboardColumnKind.Number)],
                [.. judged.Select(
                    one => new object?[] { one.Metric, StateOf(one), Say(one),
                        one.Judgements.Count(judgement => judgement.Status == AnomalyStatus.Anomalous) })]),
        };
    }

    private string LeftOut()
    {
        var regions = data.SeriesOf(MetricNames.Users).Count(series => series.RegionCode != MetricNames.AllRegions);
        return regions < Top.Regions
            ? string.Empty
            : $" Of the regions the {Written.Number(regions)} of most users are judged here; the checks of Test-PipelineIntegrity judge all.";
    }

    private static DashboardPanel Panel(JudgedMetric judged) => new($"metric-{Slug(judged.Metric)}", judged.Metric, $"{Say(judged)}.")
    {
        State = StateOf(judged),
        IsIncomplete = judged.Lack is not null,
        Chart = judged.Judgements.Count == 0
            ? null
            : new DashboardChart(DashboardChartKind.Band, "Day", "Figure") { Low = "From", High = "To", Mark = "Unusual" },
        Table = judged.Judgements.Count == 0 ? null : new DashboardTable(
            [new("Day", DashboardColumnKind.Day), new("Figure", DashboardColumnKind.Number), new("From", DashboardColumnKind.Number),
                new("To", DashboardColumnKind.Number), new("Unusual")],
            [.. judged.Judgements.Select(
                one => new object?[] { Written.Day(one.Day), Short(one.Actual), Short(one.Lower), Short(one.Upper),
                    one.Kind?.ToString() })]),
    };

    private static string Say(JudgedMetric judged)
    {
        if (judged.Lack is { } lack)
            return $"cannot be judged: {lack.TrimEnd('.')}";
        var moved = judged.Moved.Count == 0
            ? string.Empty
            : $"; most of it from {string.Join(", ", judged.Moved.Take(NamedParts).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Part} ({Written.Short(part.Change):+0.###;-0.###;0})")))}";
        var regions = judged.Moved.Count > 0
            ? string.Empty
            : string.Concat(judged.Regions.Take(NamedParts).Select(region => $"; {region.Region}: {region.Said}"));
        return $"{judged.Said}{moved}{regions}";
    }

    private static object? Short(double? value) => value is { } number ? Written.Short(number) : null;

    private static DashboardState StateOf(JudgedMetric judged)
    {
        if (judged.Lack is not null)
            return DashboardState.Bad;
        if (judged.IsAnomalous)
            return DashboardState.Warning;
        return judged.Latest.Status == AnomalyStatus.NotEnoughHistory ? DashboardState.Unknown : DashboardState.Ok;
    }

    private static string Slug(string metric) => metric.ToLowerInvariant().Replace('.', '-').Replace('_', '-');

    private sealed record JudgedMetric(
        string Metric, IReadOnlyList<SeriesJudgement> Judgements, SeriesJudgement Latest, string Said,
        IReadOnlyList<MetricContribution> Moved, IReadOnlyList<(string Region, string Said)> Regions)
    {
        /// <summary>What could not be read that it is judged by; null where all was.</summary>
        public string? Lack { get; init; }

        public bool IsAnomalous => Latest.Status == AnomalyStatus.Anomalous || Regions.Count > 0;
    }
}
