using System.Globalization;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>
/// A second implementation of the views for readers, in memory. A row is its columns in the order of the catalog, joined by <c>|</c>.
/// </summary>
internal static class ReferenceViews
{
    private static readonly string[] Segments = ["Highly Engaged", "Engaged", "Low Engagement", "Unscored"];
    private static readonly string[] Outcomes = ["pending", "retained", "churned"];

    /// <summary>FEATURE_ADOPTION_TREND of one day, and FEATURE_ADOPTION_BY_REGION of the newest.</summary>
    public static IEnumerable<string> Adoption(ReferenceResult result, DateOnly date)
    {
        var day = new RunDay(date);
        var (dayBefore, groups) = (new RunDay(date.AddDays(-30)), RegionGroup.Of(result.Master).ToList());
        var members = result.Master.Select(user => user.UserId).ToHashSet();
        var known = result.Features.Where(row => members.Contains(row.UserId!.Value)).ToList();
        foreach (var (module, feature) in known.Select(row => (row.ModuleName!, row.FeatureName!)).Distinct())
        {
            var users = known.Where(row => row.ModuleName == module && row.FeatureName == feature).ToDictionary(row => row.UserId!.Value);
            foreach (var group in groups)
            {
                var adopters = group.Users.Where(user => users.ContainsKey(user.UserId)).Select(user => users[user.UserId]).ToList();
                var before = adopters.Count(row => dayBefore.HasSeen(row.FirstUsedAt!.Value));
                yield return Row(
                    date, group.Code, group.Name, group.Class, module, feature,
                    adopters.Count, group.Active.Count, group.Active.Count(
                        user => users.ContainsKey(user.UserId)), group.ShareOfActive(user => users.ContainsKey(user.UserId)),
                    adopters.Sum(
                        row => (long)row.UseCount!.Value), adopters.Count(
                            row => day.IsWithin30Days(AdoptionColumns.KnownLastUse(row, day))),
                    before, adopters.Count - before, group.IsSmall);
            }
        }
    }

    /// <summary>ENGAGEMENT_BY_REGION.</summary>
    public static IEnumerable<string> Engagement(
        ReferenceResult result, DateOnly date) => RegionGroup.Of(result.Master).Select(group => Row(
    [
        date, group.Code, group.Name, group.Class, group.Users.Count, group.Active.Count,
        .. Segments.Select(segment => (object)group.Users.Count(user => user.EngagementSegment == segment)),
        Mean(Scores(group)), Median(Scores(group)),
        group.ShareOfActive(user => user.EngagementSegment == "Highly Engaged"),
        group.ShareOfActive(user => user.EngagementSegment == "Low Engagement"),
        .. new Func<MasterRow, int?>[] { user => user.SupportCalls30D, user => user.SupportChats30D, user => user.Tickets30D,
            user => user.OpenTickets, user => user.OpenServiceRequests, user => user.HelpViews30D }
            .Select(count => (object)group.Users.Sum(user => (long)count(user)!.Value)),
        decimal.Round(
            group.Users.Sum(user => (decimal)user.SupportCalls30D!.Value + user.SupportChats30D!.Value + user.Tickets30D!.Value)
                / group.Users.Count, 2, MidpointRounding.AwayFromZero),
        .. Outcomes.Select(outcome => (object)group.Users.Count(user => user.LastRetentionOutcome == outcome)),
        group.IsSmall,
    ]));

    /// <summary>SEGMENT_TREND of some days.</summary>
    public static IEnumerable<string> Trend(params IReadOnlyList<(DateOnly Day, ReferenceResult Result)> days) =>
        from segment in Segments
        from place in Enumerable.Range(0, days.Count)
        let users = Count(days[place].Result, segment)
        select Row(
            days[place].Day, segment, users, RegionGroup.Share(users, days[place].Result.Master.Count),
            place == 0 ? null : users - Count(days[place - 1].Result, segment));

    private static int Count(ReferenceResult result, string segment) => result.Master.Count(user => user.EngagementSegment == segment);

    private static List<decimal> Scores(RegionGroup group) =>
        [.. group.Users.Select(user => user.EngagementScore).OfType<decimal>().Order()];

    private static decimal? Mean(List<decimal> scores) =>
        scores.Count == 0 ? null : decimal.Round(scores.Sum() / scores.Count, 2, MidpointRounding.AwayFromZero);

    private static decimal? Median(List<decimal> scores) =>
        scores.Count == 0
            ? null
            : decimal.Round((scores[(scores.Count - 1) / 2] + scores[scores.Count / 2]) / 2, 2, MidpointRounding.AwayFromZero);

    private static string Row(params IEnumerable<object?> cells) => string.Join('|', cells.Select(cell => cell switch
    {
        null => "NULL",
        decimal number => number.ToString("G29", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    }));
}
