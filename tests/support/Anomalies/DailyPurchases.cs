using System.Globalization;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Metrics;

namespace LoyaltyPipeline.Anomalies;

/// <summary>The public CDNOW purchases by day.</summary>
public static class DailyPurchases
{
    private const int ActivityAt = 3;
    private const int DayLength = 10;

    /// <summary>Judges each day that has purchases, by those before it.</summary>
    /// <param name="folder">The landing folder of the purchases.</param>
    /// <returns>The days for which there was enough history.</returns>
    public static IReadOnlyList<SeriesJudgement> Judge(string folder)
    {
        var points = File.ReadLines(Path.Combine(folder, "USER_ACTIVITY.csv")).Skip(1)
            .Select(line => line.Split(',')[ActivityAt][..DayLength]).CountBy(day => day, StringComparer.Ordinal)
            .Select(day => new MetricPoint(DateOnly.ParseExact(day.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture), day.Value))
            .OrderBy(point => point.Day).ToList();
        return [.. new AnomalyDetector(new AnomalySettings { IsCount = true }).JudgeAll(points, points[^1].Day)
            .Where(judgement => judgement.Status is AnomalyStatus.Normal or AnomalyStatus.Anomalous)];
    }
}
