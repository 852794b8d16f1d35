using LoyaltyPipeline.Core.History;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>Which days a retention rule keeps.</summary>
public sealed class RetentionRuleTests
{
    private static readonly DateOnly Newest = new(2024, 3, 10);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    [InlineData(400, 400)]
    [InlineData(100_000, 500)]
    public void The_newest_days_stay(int keepDaily, int kept)
    {
        var written = Days(500);

        Assert.Equal(written.SkipLast(kept), new RetentionRule(keepDaily, ThenMonthly: false).NotKept(written));
    }

    [Fact]
    public void Then_the_last_written_day_of_each_month_stays()
    {
        var written = Days(100);

        var stays = written.Except(new RetentionRule(5, ThenMonthly: true).NotKept(written));

        Assert.Equal(
            ["2023-12-31", "2024-01-31", "2024-02-29", "2024-03-06", "2024-03-07", "2024-03-08", "2024-03-09", "2024-03-10"],
            stays.Select(day => $"{day:yyyy-MM-dd}"));
    }

    [Fact]
    public void Days_that_were_never_written_do_not_count_for_a_month_but_for_the_newest_days()
    {
        List<DateOnly> written = [new(2022, 5, 3), new(2022, 5, 9), new(2023, 5, 9), new(2024, 3, 1), new(2024, 3, 5), Newest];

        Assert.Equal(
            [new(2022, 5, 3), new DateOnly(2024, 3, 1)],
            new RetentionRule(3, ThenMonthly: true).NotKept([.. written.Where(day => day.Day != 5)]));
        Assert.Equal(["05-03", "03-01"], new RetentionRule(6, ThenMonthly: true).NotKept(written).Select(day => $"{day:MM-dd}"));
    }

    [Fact]
    public void Of_nothing_nothing_goes() => Assert.Empty(new RetentionRule(1, ThenMonthly: false).NotKept([]));

    private static List<DateOnly> Days(int count) => [.. Enumerable.Range(1 - count, count).Select(Newest.AddDays)];
}
