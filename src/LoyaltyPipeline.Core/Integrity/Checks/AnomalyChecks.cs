using System.Globalization;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Whether the figures of the newest day are usual: a check for each metric.</summary>
internal static class AnomalyChecks
{
    /// <summary>The checks.</summary>
    public static IEnumerable<Check> All(LoyaltyCatalog catalog, PipelineConfig config)
    {
        var judge = new MetricJudge(config.Integrity);
        return MetricNames.Of(catalog, config.Consumers.Values)
            .Select(metric => new AnomalyCheck(Define(metric, SubjectOf(metric, catalog)), metric, [.. PartsOf(metric, catalog)], judge));
    }

    private static IEnumerable<string> PartsOf(string metric, LoyaltyCatalog catalog) => metric switch
    {
        MetricNames.Users => Enum.GetValues<EngagementSegment>().Select(MetricNames.UsersOf),
        MetricNames.Quarantined => catalog.Sources.Select(MetricNames.QuarantinedOf),
        _ => [],
    };

    private static CheckDefinition Define(string metric, TableName subject) =>
        new(
            $"anomaly.{metric}", CheckSuite.Anomalies, subject, Column: null, "are not as those before let expect",
            CheckThreshold.WarnsOnAny, "figures");

    private static TableName SubjectOf(string metric, LoyaltyCatalog catalog)
    {
        if (metric.StartsWith(MetricNames.DeliveryRowsPrefix, StringComparison.Ordinal))
            return catalog.Table(DeliveryLog.Table).Name;
        return catalog.Sources.FirstOrDefault(
            source => metric == MetricNames.SourceRowsOf(source) || metric == MetricNames.QuarantinedOf(source))?.Name
            ?? catalog.Master.Name;
    }

    /// <summary>Whether the newest figures of a metric, of all regions and of each, are as those before let expect.</summary>
    /// <param name="definition">What is known of the check.</param>
    /// <param name="parts">Metrics that the metric is the sum of, beside its regions.</param>
    /// <param name="judge">Judges metrics.</param>
    private sealed class AnomalyCheck(CheckDefinition definition, string metric, IReadOnlyList<string> parts, MetricJudge judge)
        : Check(definition)
    {
        private const int NamedParts = 3;

        // What rounds to nothing says nothing.
        private const double LeastShare = 0.005;

        // What the check is about is named for those who look for it; what it reads is METRIC.
        public override IEnumerable<TableNeed> Needs => [];

        public override async Task<Finding> RunAsync(CheckContext context, CancellationToken cancellationToken)
        {
            if (context.Newest is not { } newest)
                return Finding.Skip(NewestMerge.None);
            var judged = await judge.JudgeAsync(context, newest.Day, metric, cancellationToken);
            if (judged.Count == 0)
                return Finding.Skip("not enough history: there are no figures yet");
            var known = judged.Where(one => one.Judgement.Status is AnomalyStatus.Normal or AnomalyStatus.Anomalous).ToList();
            if (known.Count == 0)
                return Finding.Skip(judged[0].Judgement.ToString());
            var anomalous = known.Where(one => one.Judgement.Status == AnomalyStatus.Anomalous).ToList();
            return new Finding
            {
                Violations = anomalous.Count,
                Total = known.Count,
                Message = await SayAsync(anomalous.Count > 0 ? anomalous : known, judged, context, newest.Day, cancellationToken),
                Rows = $"""
                    SELECT *
                    FROM {MetricLog.Table}
                    WHERE METRIC = {SqlText.Quote(metric)} AND RUN_DATE <= {SqlText.Literal(newest.Day)}
                    ORDER BY REGION_CODE, RUN_DATE
                    """,
                Sample = [.. anomalous.Select(one => $"REGION_CODE={one.Region}: {one.Judgement}")],
            };
        }

        private async Task<string> SayAsync(
            List<(string Region, SeriesJudgement Judgement)> said, IReadOnlyList<(string Region, SeriesJudgement Judgement)> all,
            CheckContext context, DateOnly day, CancellationToken cancellationToken)
        {
            var (region, judgement) = said[0];
            if (region != MetricNames.AllRegions)
                return $"{region}: {judgement}{(said.Count > 1 ? $"; and {said.Count - 1} more" : string.Empty)}";
            if (judgement.Status == AnomalyStatus.Normal)
                return judgement.ToString();
            var (judged, unread) = await PartsAsync(all, context, day, cancellationToken);
            var moved = Contributors.Of(judgement, judged, MetricKind.Of(metric).AddsUp)
                .Where(part => part.Share is not { } share || Math.Abs(share) >= LeastShare).ToList();
            var most = moved.Count == 0 ? string.Empty : $"; most of it from {string.Join(", ", moved.Take(NamedParts).Select(Say))}";
            var unknown = unread.Count == 0 ? string.Empty : $"; not all figures of {string.Join(", ", unread)} can be read";
            return $"{judgement}{most}{unknown}";
        }

        // A part that cannot be judged takes nothing from the whole.
        private async Task<(IReadOnlyList<(string Part, SeriesJudgement Judgement)> Judged, IReadOnlyList<string> Unread)> PartsAsync(
            IReadOnlyList<(string Region, SeriesJudgement Judgement)> all, CheckContext context, DateOnly day,
            CancellationToken cancellationToken)
        {
            var judged = all.Where(one => one.Region != MetricNames.AllRegions).ToList();
            var unread = new List<string>();
            foreach (var part in parts)
            {
                var name = part[(metric.Length + 1)..];
                try
                {
                    judged.AddRange(
                        (await judge.JudgeAsync(context, day, part, cancellationToken)).Where(one => one.Region == MetricNames.AllRegions)
                            .Select(one => (name, one.Judgement)));
                }
                catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.LogRowUnreadable)
                {
                    unread.Add(name);
                }
            }

            return (judged, unread);
        }

        private static string Say(MetricContribution part) => string.Create(
            CultureInfo.InvariantCulture,
            $"{part.Part} {part.Change:+0.###;-0.###;0}{(part.Share is { } share ? string.Create(CultureInfo.InvariantCulture, $" ({share * 100:0}%)") : string.Empty)}");
    }
}
