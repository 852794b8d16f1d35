using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Anomalies;
using LoyaltyPipeline.Core.Integrity.Anomalies;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity.Anomalies;

/// <summary>How well the detector finds planted faults, how often it is wrong, and that the documentation says so.</summary>
[Trait("Group", "AnomalyTrials")]
public sealed partial class DetectionTrialTests
{
    private static readonly string Topic = File
        .ReadAllText(Path.Combine(Repository.Root, "module", "en-US", "about_LoyaltyAnomalies.help.txt")).ReplaceLineEndings("\n");

    private static readonly Lazy<DetectionScore> Clean = new(DetectionPlan.OfNoFault);

    private static readonly ConcurrentDictionary<(AnomalyKind, double?), Lazy<DetectionScore>> Scores = new();

    public static TheoryData<AnomalyKind> Kinds => [.. Enum.GetValues<AnomalyKind>()];

    [Fact]
    public void Of_200_days_judged_at_most_one_is_a_false_alarm()
    {
        Assert.True(Clean.Value.JudgedDays > 60_000, $"{Clean.Value.JudgedDays} days");
        Assert.True(Clean.Value.FalseAlarmsIn200Days <= 1, $"{Clean.Value.FalseAlarmsIn200Days:0.00} false alarms in 200 days");
        // A detector that never says anything would pass the line above.
        Assert.True(Clean.Value.FalseAlarms > 0, "no alarm at all");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nine_of_ten_faults_of_four_spreads_and_more_are_found(AnomalyKind kind)
    {
        foreach (var (_, strength) in DetectionPlan.Faults.Where(fault => fault.Kind == kind))
        {
            var score = ScoreOf(kind, strength);
            Assert.True(score.Recall >= 0.9, $"{kind} of {strength} spreads: recall {score.Recall:0.000}");
            // A steep drift is much like a shift.
            Assert.True(
                score.NamedRecall >= (kind == AnomalyKind.Drift ? 0.7 : 0.8),
                $"{kind} of {strength} spreads: called so {score.NamedRecall:0.000}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_documentation_states_what_the_trials_give(AnomalyKind kind)
    {
        var stated = Row().Matches(Topic).Where(row => row.Groups["kind"].Value == kind.ToString()).ToList();

        Assert.NotEmpty(stated);
        foreach (var row in stated)
        {
            var score = ScoreOf(
                kind, row.Groups["strength"].Success ? double.Parse(row.Groups["strength"].Value, CultureInfo.InvariantCulture) : null);
            Assert.Equal(
                (kind, Percent(score.Recall), Percent(score.NamedRecall), Percent(score.Precision)),
                (kind, row.Groups["found"].Value, row.Groups["called"].Value, row.Groups["precision"].Value));
        }
    }

    /// <summary>
    /// Series of other kinds than the documented figures were first measured on: of ends of months, of small counts, of many days of
    /// nothing, and a constant that halves.
    /// </summary>
    [Theory]
    [InlineData(SeriesKind.MonthEnds, 8, 0.7)]
    [InlineData(SeriesKind.SmallCounts, 1, 0.9)]
    [InlineData(SeriesKind.ManyZeros, 2, 0.9)]
    [InlineData(SeriesKind.Constant, 0, 1)]
    public void Series_that_are_not_like_most_are_judged_as_the_documentation_states(SeriesKind kind, double falseAlarms, double recall)
    {
        var (clean, faulty) = DetectionPlan.Of(kind);

        Assert.True(clean.JudgedDays > 900, $"{clean.JudgedDays} days");
        Assert.True(clean.FalseAlarmsIn200Days <= falseAlarms, $"{clean.FalseAlarmsIn200Days:0.00} false alarms in 200 days");
        Assert.True(faulty.Recall >= recall, $"recall {faulty.Recall:0.000}");
        Assert.Matches(
            string.Create(
                CultureInfo.InvariantCulture,
                $@"(?m)^ +{kind} +{Regex.Escape($"{clean.FalseAlarmsIn200Days:0.00}")} +{faulty.Recall * 100:0} %$"), Topic);
    }

    [Fact]
    public void The_documentation_states_how_many_alarms_are_false() =>
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"False alarms: {Clean.Value.FalseAlarmsIn200Days:0.00} in 200 days judged."),
            Topic, StringComparison.Ordinal);

    [Fact]
    public void A_fault_of_no_strength_is_not_found() =>
        Assert.InRange(DetectionTrial.Run(AnomalyKind.Drop, strength: 0.5, series: 100, seed: 1).Recall, 0, 0.05);

    [Fact]
    public void The_same_seed_gives_the_same_score() =>
        Assert.Equal(
            DetectionTrial.Run(AnomalyKind.Spike, 4, series: 20, seed: 1), DetectionTrial.Run(AnomalyKind.Spike, 4, series: 20, seed: 1));

    /// <summary>
    /// Real purchases by day. The last of the customers came on 25 March 1997 and after that only repeat purchases were recorded: a drop,
    /// and two days later a new level. What else is found are the days round Christmas and single days of promotions.
    /// </summary>
    [Fact]
    public void Real_purchases_show_when_new_customers_ended()
    {
        var judged = DailyPurchases.Judge(CdnowFolder());

        var alarms = judged.Where(judgement => judgement.Kind is not null).ToList();

        Assert.Equal((new DateOnly(1997, 3, 26), AnomalyKind.Drop), (alarms[0].Day, alarms[0].Kind));
        Assert.Contains(alarms, alarm => alarm.Day == new DateOnly(1997, 3, 28) && alarm.Kind == AnomalyKind.LevelShift);
        Assert.Contains(
            $"of the {judged.Count} days judged, {alarms.Count} are unusual",
            string.Join(' ', Topic.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static DetectionScore ScoreOf(AnomalyKind kind, double? strength) =>
        Scores.GetOrAdd((kind, strength), static fault => new Lazy<DetectionScore>(() => DetectionPlan.Of(fault.Item1, fault.Item2))).Value;

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture);

    private static string CdnowFolder()
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "cdnow"));
        Assert.SkipUnless(Directory.Exists(folder), "No shared/data/cdnow beside the repository.");
        return folder;
    }

    [GeneratedRegex(
        @"^ +(?<kind>[A-Z]\w+)( of (?<strength>\d+)( spreads)?)? +(?<found>\d+) % +(?<called>\d+) % +(?<precision>\d+) %$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
