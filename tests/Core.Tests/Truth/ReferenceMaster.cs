namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>
/// A second implementation of section 4 of the design, row by row in memory, that shares nothing with the product's SQL:
/// where the two disagree, one of them has misread the design.
/// </summary>
public static class ReferenceMaster
{
    public static ReferenceResult Build(SourceData sources, DateOnly runDate)
    {
        var day = new RunDay(runDate);
        var screen = new SourceScreen(sources, day);

        var profiles = screen.Profiles();
        var activities = screen.WinnersByUser(SourceDefinitions.UserActivity);
        var scores = screen.WinnersByUser(SourceDefinitions.EngagementScore);
        var repeats = screen.WinnersByUser(SourceDefinitions.RepeatEngagements);
        var features = screen.WinnersByUser(SourceDefinitions.FeatureAdoption);
        var actions = screen.WinnersByUser(SourceDefinitions.RetentionAction);
        var calls = screen.WinnersByUser(SourceDefinitions.SupportCalls);
        var chats = screen.WinnersByUser(SourceDefinitions.SupportChats);
        var tickets = screen.WinnersByUser(SourceDefinitions.IssueTickets);
        var requests = screen.WinnersByUser(SourceDefinitions.ServiceRequests);
        var views = screen.WinnersByUser(SourceDefinitions.ProductSupportUsage);
        var regions = new Regions(
            screen.Winners(SourceDefinitions.RegionMetadata), screen.Winners(SourceDefinitions.RegionThresholds));

        var master =
            from profile in profiles
            where day.HasSeen(profile.SignedUpAt!.Value)
            let user = profile.UserId!.Value
            orderby user
            select ProfileColumns.From(profile)
                .WithActivity(activities[user], day)
                .WithEngagement(scores[user], repeats[user])
                .WithAdoption(features[user], day)
                .WithRetention(actions[user])
                .WithContacts(calls[user], chats[user], day)
                .WithRequests(tickets[user], requests[user], views[user], day)
                .WithRegion(regions);

        return new([.. master], screen.Rejected, screen.Counts, [.. features.SelectMany(rows => rows)]);
    }
}
