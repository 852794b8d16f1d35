using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using CsCheck;
using LoyaltyPipeline.Core.Tests.Support;
using static LoyaltyPipeline.Core.Tests.Truth.Moments;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

/// <summary>
/// Random sources of a few users and keys, made so that duplicates, ties, orphans, nulls, bad values and times on the edge of
/// a day are the rule and not the exception.
/// </summary>
public static class DirtySources
{
    private const int MaximumUsers = 8;

    public static Gen<DirtyCase> Cases { get; } = Gen
        .OneOf(Date("2024-03-31"), Date("2024-02-29"), Date("2024-03-01"), Date("2023-12-31"), Date("2025-01-29"))
        .SelectMany(Of, (runDate, sources) => new DirtyCase(sources, runDate));

    /// <summary>
    /// Tries a property that uses no warehouse on random cases. A failure shows the rows without which it would not happen, and the seed.
    /// </summary>
    public static void Check(Action<DirtyCase> property, int cases = 100) =>
        Check(property, recorded => Cases.Sample(recorded, iter: cases, print: _ => ""));

    /// <summary>The same for a property that takes long, tried for some time.</summary>
    /// <param name="property">Throws where it does not hold.</param>
    /// <param name="atLeast">How many cases are tried in any case.</param>
    /// <param name="seconds">For how long more are tried.</param>
    public static void Check(Action<DirtyCase> property, int atLeast, int seconds) =>
        Check(property, recorded => Cases.Try(recorded, atLeast, seconds, print: _ => ""));

    private static void Check(Action<DirtyCase> property, Action<Action<DirtyCase>> tryCases)
    {
        var failing = new ConcurrentQueue<(DirtyCase Case, Exception Failure)>();
        try
        {
            tryCases(dirty =>
            {
                if (Minimum.FailureOf(dirty, property) is not { } failure)
                    return;

                failing.Enqueue((dirty, failure));
                ExceptionDispatchInfo.Throw(failure);
            });
        }
        catch (CsCheckException exception)
        {
            var (dirty, failure) = failing.Last();
            var smallest = Minimum.Of(dirty, failure, property);
            throw new DirtyCaseException(smallest, Minimum.FailureOf(smallest, property) ?? failure, exception);
        }
    }

    /// <summary>A part of some sources, as they may have been on an earlier day.</summary>
    public static SourceData EverySecondRow(SourceData sources) => SourceDefinitions.All.Aggregate(
        sources, (data, source) => source.Pick(data, Enumerable.Range(0, source.Cells(data)?.Count() ?? 0).Where(index => index % 2 == 0)));

    /// <summary>Sources whose times lie around the run date. USER_PROFILE is never missing, but may be empty.</summary>
    public static Gen<SourceData> Of(DateOnly runDate) => Gen.Int[0, MaximumUsers].SelectMany(users => Of(runDate, users));

    private static Gen<SourceData> Of(DateOnly runDate, int users)
    {
        var cells = new DirtyCells(runDate, users);
        var profile = new ProfileGenerators(cells);
        var engagement = new EngagementGenerators(cells);
        var support = new SupportGenerators(cells);
        var region = new RegionGenerators(cells);
        return Gen
            .Select(
                profile.Profiles(users),
                Gen.Select(engagement.Activities, engagement.Scores, engagement.Repeats, engagement.Features, engagement.Actions),
                Gen.Select(support.Calls, support.Chats, support.Tickets, support.Requests, support.Views),
                Gen.Select(region.Metadata, region.Thresholds))
            .Select((profiles, engaged, supported, regions) => new SourceData
            {
                UserProfile = profiles,
                UserActivity = engaged.Item1,
                EngagementScore = engaged.Item2,
                RepeatEngagements = engaged.Item3,
                FeatureAdoption = engaged.Item4,
                RetentionAction = engaged.Item5,
                SupportCalls = supported.Item1,
                SupportChats = supported.Item2,
                IssueTickets = supported.Item3,
                ServiceRequests = supported.Item4,
                ProductSupportUsage = supported.Item5,
                RegionMetadata = regions.Item1,
                RegionThresholds = regions.Item2,
            });
    }
}
