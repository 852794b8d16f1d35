using LoyaltyPipeline.Core.Tests.Truth.Generators;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>What holds of the reference for any sources, however dirty.</summary>
[Trait("Group", "TestSupport")]
public sealed class ReferencePropertyTests
{
    private const int Cases = 1000;

    [Fact]
    public void The_order_of_rows_does_not_matter() => DirtySources.Check(
        dirty =>
        {
            var result = ReferenceMaster.Build(dirty.Sources, dirty.RunDate);
            var reversed = ReferenceMaster.Build(Reversed(dirty.Sources), dirty.RunDate);

            Assert.Null(MasterDifference.Describe(result.Master, reversed.Master));
            Assert.Equal(result.Rejected, reversed.Rejected);
        },
        cases: Cases);

    [Fact]
    public void Every_row_read_is_used_or_quarantined() => DirtySources.Check(
        dirty =>
        {
            var result = ReferenceMaster.Build(dirty.Sources, dirty.RunDate);

            foreach (var source in SourceDefinitions.All)
            {
                var count = result.Counts[source.Table];
                Assert.Equal(count.Read, count.Used + count.Quarantined);
                Assert.Equal(count.Quarantined, result.Rejected.Count(row => row.SourceTable == source.Table));
                Assert.InRange(count.Read, 0, source.Cells(dirty.Sources)?.Count() ?? 0);
            }
        },
        cases: Cases);

    [Fact]
    public void There_is_one_row_per_user() => DirtySources.Check(
        dirty =>
        {
            var users = ReferenceMaster.Build(dirty.Sources, dirty.RunDate).Master.Select(row => row.UserId).ToList();

            Assert.Equal(users.Distinct().Order(), users);
        },
        cases: Cases);

    private static SourceData Reversed(SourceData sources) => SourceDefinitions.All.Aggregate(
        sources, (data, source) => source.Pick(data, Enumerable.Range(0, source.Cells(data)?.Count() ?? 0).Reverse()));
}
