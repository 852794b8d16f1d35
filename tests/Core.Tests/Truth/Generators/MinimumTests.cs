using Xunit;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

[Trait("Group", "TestSupport")]
public sealed class MinimumTests
{
    [Fact]
    public void A_failure_is_shown_with_the_rows_it_needs_and_no_others()
    {
        var failure = Assert.Throws<DirtyCaseException>(() => DirtySources.Check(
            dirty => Assert.DoesNotContain(ReferenceMaster.Build(dirty.Sources, dirty.RunDate).Master, row => row.OpenTickets > 1),
            cases: 2000));

        Assert.Equal(3, failure.Message.Split("        new(").Length - 1);
        Assert.Contains("UserProfile", failure.Message, StringComparison.Ordinal);
        Assert.Contains("IssueTickets", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CsCheck_Seed", failure.Message, StringComparison.Ordinal);
    }
}
