using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.SyntheticData.Tables;

internal sealed class FeatureAdoptionGenerator() : UserTableGenerator(
    "DW_B.FEATURE_ADOPTION",
    "USER_ID", "FEATURE_NAME", "MODULE_NAME", "FIRST_USED_AT", "LAST_USED_AT", "USE_COUNT")
{
    private const int AverageFeaturesHundredths = 340;
    private const int FullPopularity = 100;

    /// <summary>The feature that comes out during the sample.</summary>
    private const string Launched = "voice-assistant";

    /// <summary>Sorted by name, which is part of the key.</summary>
    private static readonly (string Name, string Module, int Popularity)[] Features =
    [
        ("api-tokens", "Integrations", 12), ("auto-reorder", "Shopping", 35), ("budget-alerts", "Payments", 40),
        ("calendar-sync", "Integrations", 22),
        ("custom-reports", "Insights", 18), ("dark-mode", "Personalization", 90), ("data-export", "Insights", 15),
        ("family-account", "Community", 30),
        ("gift-cards", "Payments", 45), ("goal-tracking", "Insights", 38), ("group-events", "Community", 20),
        ("member-forum", "Community", 28),
        ("mobile-wallet", "Payments", 80), ("one-click-checkout", "Shopping", 100), ("price-watch", "Shopping", 55),
        ("saved-lists", "Shopping", 85),
        ("spending-insights", "Insights", 42), ("theme-editor", "Personalization", 14), (Launched, "Integrations", 60),
        ("widget-board", "Personalization", 33),
    ];

    private static readonly int LaunchedIndex = Array.FindIndex(Features, feature => feature.Name == Launched);

    protected override int WriteUser(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink)
    {
        var wanted = random.RoundHundredths(user.ScaleByLevel(AverageFeaturesHundredths));
        var chosen = PickFeatures(Math.Min(wanted, Features.Length / 2), user, ref random);
        var rows = 0;
        for (var feature = 0; feature < Features.Length; feature++)
        {
            if ((chosen & (1 << feature)) == 0)
                continue;
            WriteFeature(user, ref random, sink, feature);
            rows++;
        }

        return rows;
    }

    /// <summary>
    /// A set of distinct features; each region has favourites of its own, and who has gone before the launch never sees what is launched.
    /// </summary>
    private int PickFeatures(int count, in SyntheticUser user, ref SyntheticRandom random)
    {
        var gone = user.LastActiveDay < Rhythm.LaunchDay ? LaunchedIndex : -1;
        var favourite = (user.Region + 5) % 5;
        var chosen = 0;
        for (var picked = 0; picked < count;)
        {
            var feature = random.Next(Features.Length);
            if (feature == gone || (chosen & (1 << feature)) != 0
                || (feature % 5 != favourite && random.Next(FullPopularity) >= Features[feature].Popularity))
                continue;
            chosen |= 1 << feature;
            picked++;
        }

        return chosen;
    }

    private void WriteFeature(in SyntheticUser user, ref SyntheticRandom random, IRowSink sink, int feature)
    {
        var firstDay = Days.PickActiveDay(user, feature == LaunchedIndex ? Rhythm.LaunchDay : user.FirstDay);
        var first = EventClock.PickSecond(ref random, user, firstDay);
        var last = Math.Max(
            EventClock.PickSecond(ref random, user, random.Between(firstDay, user.LastActiveDay)),
            first + EventClock.QuietSecondsAfterSignUp);

        sink.Write(user.UserId);
        sink.Write(Features[feature].Name);
        sink.Write(Features[feature].Module);
        sink.WriteTimestamp(SyntheticTime.ToTimestamp(first));
        sink.WriteTimestamp(SyntheticTime.ToTimestamp(last));
        sink.Write(2 + random.Next(5 + (user.Level / 20_000)));
        sink.EndRow();
    }
}
