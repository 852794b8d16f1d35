using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Delivery.Log;
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
}
