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
        .. SourceDefinitions.All.SelectMany(source => Expected(source.Declared)),
        "Unscored", "Low Engagement", "Engaged", "Highly Engaged", "score on a threshold",
        "average 2.13", "average 1.38", "average 1.03", "average 1.08", "average 2.68", "average 1.01", "average 4.02", "average 1.12",
        "average 2.85",
    ];

    private static IEnumerable<string> Expected(SourceTable source)
    {
        string[] rules = [RejectionRule.NullKey, RejectionRule.NotNull, RejectionRule.Duplicate];
        return rules
            .Concat(source.Columns.SelectMany(column => column.ValueRules))
            .Concat(source.Owner is null ? [] : [RejectionRule.Orphan])
            .Concat(source.Columns.Where(column => !column.IsKey).Select(column => "tie decided by " + column.Name))
            .Append("tie decided by nothing")
            .Select(situation => $"{source.Name} {situation}")
            .Concat(source.Columns.Any(column => column.Name is "EMAIL" or "MODULE_NAME" or "REGION_NAME")
                ? [$"{source.Name} tie that UTF-16 decides otherwise"]
                : []);
    }

    private void Note(DirtyCase dirty)
    {
        foreach (var source in SourceDefinitions.All)
        {
            var rows = source.Cells(dirty.Sources)?.ToList();
            if (rows is null || rows.Count == 0)
                Note($"{source.Table} {(rows is null ? "missing" : "empty")}");
            NoteTies(source, dirty);
        }

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

    private void NoteTies(ISourceDefinition source, DirtyCase dirty)
    {
        var order = source.Declared.Columns.Index()
            .Where(entry => !entry.Item.IsKey)
            .OrderByDescending(entry => entry.Item == source.Declared.EventTime)
            .ToList();
        foreach (var (first, second) in source.Rivals(dirty.Sources, new RunDay(dirty.RunDate)))
        {
            var deciders = order.Where(entry => !Equals(first[entry.Index], second[entry.Index])).Take(1).ToList();
            Note($"{source.Table} tie decided by {deciders.Select(entry => entry.Item.Name).FirstOrDefault("nothing")}");
            if (deciders is [var (index, _)] && first[index] is string left && second[index] is string right
                && string.CompareOrdinal(left, right) < 0 != CodePointComparer.Instance.Compare(left, right) < 0)
                Note($"{source.Table} tie that UTF-16 decides otherwise");
        }
    }

    private void Note(string situation) => seen.AddOrUpdate(situation, 1, (_, count) => count + 1);
}
