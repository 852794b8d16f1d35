using System.Collections.Concurrent;
using CsCheck;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

/// <summary>A generator that never makes a situation tests nothing in it: each must turn up.</summary>
[Trait("Group", "TestSupport")]
public sealed class DirtySourcesTests
{
    private readonly ConcurrentDictionary<string, int> seen = new(StringComparer.Ordinal);

    [Fact]
    public void Every_situation_turns_up()
    {
        DirtySources.Cases.Sample(Note, iter: 4000);

        Assert.Empty(Expected().Except(seen.Keys, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Expected() =>
    [
        .. SourceDefinitions.All.Select(source => $"{source.Table} empty"),
        .. SourceDefinitions.All.Where(source => source.Table != "DW_A.USER_PROFILE").Select(source => $"{source.Table} missing"),
        .. Expected(SourceDefinitions.UserProfile),
        .. Expected(SourceDefinitions.UserActivity),
        .. Expected(SourceDefinitions.EngagementScore),
        .. Expected(SourceDefinitions.RepeatEngagements),
        .. Expected(SourceDefinitions.FeatureAdoption),
        .. Expected(SourceDefinitions.RetentionAction),
        .. Expected(SourceDefinitions.SupportCalls),
        .. Expected(SourceDefinitions.SupportChats),
        .. Expected(SourceDefinitions.IssueTickets),
        .. Expected(SourceDefinitions.ServiceRequests),
        .. Expected(SourceDefinitions.ProductSupportUsage),
        .. Expected(SourceDefinitions.RegionMetadata),
        .. Expected(SourceDefinitions.RegionThresholds),
        "DW_C.REGION_THRESHOLDS range",
        "Unscored", "Low Engagement", "Engaged", "Highly Engaged", "score on a threshold",
        "average 2.13", "average 1.38", "average 1.03", "average 1.08", "average 2.68", "average 1.01", "average 4.02", "average 1.12",
        "average 2.85",
    ];

    private static IEnumerable<string> Expected<TRow>(SourceDefinition<TRow> source)
        where TRow : class
    {
        string[] rules = [RejectionRule.NullKey, RejectionRule.NotNull, RejectionRule.Duplicate];
        return rules
            .Concat(source.Columns.Select(column => column.Check?.Rule).OfType<string>())
            .Concat(source.Owner is null ? [] : [RejectionRule.Orphan])
            .Concat(source.Columns.Where(column => !column.IsKey).Select(column => "tie decided by " + column.Name))
            .Append("tie decided by nothing")
            .Select(situation => $"{source.Table} {situation}")
            .Concat(source.Columns.Any(column => column.Name is "EMAIL" or "MODULE_NAME" or "REGION_NAME")
                ? [$"{source.Table} tie that UTF-16 decides otherwise"]
                : []);
    }

    private void Note(DirtyCase dirty)
    {
        foreach (var source in SourceDefinitions.All)
        {
            var rows = source.Cells(dirty.Sources)?.ToList();
            if (rows is null || rows.Count == 0)
                Note($"{source.Table} {(rows is null ? "missing" : "empty")}");
        }

        NoteTies(SourceDefinitions.UserProfile, dirty);
        NoteTies(SourceDefinitions.UserActivity, dirty);
        NoteTies(SourceDefinitions.EngagementScore, dirty);
        NoteTies(SourceDefinitions.RepeatEngagements, dirty);
        NoteTies(SourceDefinitions.FeatureAdoption, dirty);
        NoteTies(SourceDefinitions.RetentionAction, dirty);
        NoteTies(SourceDefinitions.SupportCalls, dirty);
        NoteTies(SourceDefinitions.SupportChats, dirty);
        NoteTies(SourceDefinitions.IssueTickets, dirty);
        NoteTies(SourceDefinitions.ServiceRequests, dirty);
        NoteTies(SourceDefinitions.ProductSupportUsage, dirty);
        NoteTies(SourceDefinitions.RegionMetadata, dirty);
        NoteTies(SourceDefinitions.RegionThresholds, dirty);

        var result = ReferenceMaster.Build(dirty.Sources, dirty.RunDate);
        foreach (var row in result.Rejected)
            Note($"{row.SourceTable} {row.Rule}");
        foreach (var row in result.Master)
        {
            Note(row.EngagementSegment!);
            Note($"average {row.AverageRating:0.00}");
            Note($"average {row.AverageChatSatisfaction:0.00}");
            if (row.EngagementScore is { } score && (score == row.LowEngagementBelow || score == row.HighlyEngagedFrom))
                Note("score on a threshold");
        }
    }

    /// <summary>Looks at the rows that the row rules accept: only they compete.</summary>
    private void NoteTies<TRow>(SourceDefinition<TRow> source, DirtyCase dirty)
        where TRow : class
    {
        var day = new RunDay(dirty.RunDate);
        var rivals = (source.Rows(dirty.Sources) ?? [])
            .Where(row => source.Counts(row, day) && source.BrokenRule(row) is null)
            .GroupBy(source.KeyOf)
            .SelectMany(rows => rows.Zip(rows.Skip(1)));
        foreach (var (first, second) in rivals)
        {
            var decider = source.Columns
                .Where(column => !column.IsKey)
                .OrderByDescending(column => column.Name == source.EventColumnName)
                .FirstOrDefault(column => !Equals(column.Cell(first), column.Cell(second)));
            Note($"{source.Table} tie decided by {decider?.Name ?? "nothing"}");
            if (decider?.Cell(first) is string left && decider.Cell(second) is string right
                && string.CompareOrdinal(left, right) < 0 != CodePointComparer.Instance.Compare(left, right) < 0)
                Note($"{source.Table} tie that UTF-16 decides otherwise");
        }
    }

    private void Note(string situation) => seen.AddOrUpdate(situation, 1, (_, count) => count + 1);
}
