using System.Globalization;
using LoyaltyPipeline.Anomalies;
using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Anomalies;

/// <summary>How well the detector finds planted faults, and how often it is wrong.</summary>
public sealed class DetectionTrialTests
{
    private const int Seed = 20_260;

    [Fact]
    public void Of_200_days_judged_at_most_one_is_a_false_alarm()
    {
        var score = DetectionTrial.Run(fault: null, strength: 0, series: 300, Seed);

        Assert.True(score.JudgedDays > 60_000, $"{score.JudgedDays} days");
        Assert.True(score.FalseAlarmsIn200Days <= 1, $"{score.FalseAlarmsIn200Days:0.00} false alarms in 200 days");
        // A detector that never says anything would pass the line above.
        Assert.True(score.FalseAlarms > 0, "no alarm at all");
    }

    [Theory]
    [InlineData(AnomalyKind.Drop)]
    [InlineData(AnomalyKind.Spike)]
    [InlineData(AnomalyKind.LevelShift)]
    [InlineData(AnomalyKind.Frozen)]
    [InlineData(AnomalyKind.MissingDay)]
    [InlineData(AnomalyKind.Drift)]
    public void Nine_of_ten_faults_of_four_spreads_and_more_are_found(AnomalyKind kind)
    {
        foreach (var strength in new[] { 4.0, 6, 10 })
        {
            var score = DetectionTrial.Run(kind, strength, series: 200, Seed + (int)kind);
            Assert.True(score.Recall >= 0.9, $"{kind} of {strength} spreads: recall {score.Recall:0.000}");
            // A steep drift is much like a shift.
            Assert.True(score.NamedRecall >= (kind == AnomalyKind.Drift ? 0.7 : 0.8), $"{kind} of {strength} spreads: called so {score.NamedRecall:0.000}");
        }
    }

    [Fact]
    public void A_fault_of_no_strength_is_not_found() =>
        Assert.InRange(DetectionTrial.Run(AnomalyKind.Drop, strength: 0.5, series: 200, Seed).Recall, 0, 0.05);

    [Fact]
    public void The_same_seed_gives_the_same_score() =>
        Assert.Equal(DetectionTrial.Run(AnomalyKind.Spike, 4, series: 20, Seed), DetectionTrial.Run(AnomalyKind.Spike, 4, series: 20, Seed));

    /// <summary>
    /// Real purchases by day. The last of the customers came on 25 March 1997 and after that only repeat purchases were recorded: a drop, and two days later a new level. What else
    /// is found are the days round Christmas and single days of promotions.
    /// </summary>
    [Fact]
    public void Real_purchases_show_when_new_customers_ended()
    {
        var points = File.ReadLines(Path.Combine(CdnowFolder(), "USER_ACTIVITY.csv")).Skip(1).Select(line => line.Split(',')[3][..10]).CountBy(day => day, StringComparer.Ordinal)
            .Select(day => new MetricPoint(DateOnly.ParseExact(day.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture), day.Value)).OrderBy(point => point.Day).ToList();

        var alarms = new AnomalyDetector(new AnomalySettings { IsCount = true }).JudgeAll(points, points[^1].Day).Where(judgement => judgement.Kind is not null).ToList();

        Assert.Equal((new DateOnly(1997, 3, 26), AnomalyKind.Drop), (alarms[0].Day, alarms[0].Kind));
        Assert.Contains(alarms, alarm => alarm.Day == new DateOnly(1997, 3, 28) && alarm.Kind == AnomalyKind.LevelShift);
        Assert.InRange(alarms.Count, 3, points.Count / 20);
    }

    private static string CdnowFolder()
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "cdnow"));
        Assert.SkipUnless(Directory.Exists(folder), "No shared/data/cdnow beside the repository.");
        return folder;
    }
}
