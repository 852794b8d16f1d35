using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Scheduling;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Scheduling;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 4 * * *", "0 4 * * *")]
    [InlineData("  0\t4  * * ? ", "0 4 * * *")]
    [InlineData("*/15 * * * *", "0,15,30,45 * * * *")]
    [InlineData("5 0-6/2,22 * * MON-FRI", "5 0,2,4,6,22 * * 1,2,3,4,5")]
    [InlineData("0 22-2 1 JAN,jul *", "0 0,1,2,22,23 1 1,7 *")]
    [InlineData("0 4 * * 7", "0 4 * * 0")]
    public void It_is_written_so_that_every_cron_reads_it_alike(string text, string expected) =>
        Assert.Equal(expected, CronSchedule.Parse(text).Text);

    [Theory]
    [InlineData("", "0 fields")]
    [InlineData("0 4 * *", "4 fields")]
    [InlineData("0 0 4 * * *", "6 fields")]
    [InlineData("@daily", "1 fields")]
    [InlineData("60 4 * * *", "Minutes: Value must be a number between 0 and 59")]
    [InlineData("0 4 * * NOW", "Days of week")]
    [InlineData("0 4 1 * MON", "days of the month and weekdays")]
    [InlineData("0 4 */2 * 1", "days of the month and weekdays")]
    [InlineData("0 4 1-31 * 1", "days of the month and weekdays")]
    [InlineData("0 4 L * *", "'L' is not understood by every cron")]
    [InlineData("0 4 1W * *", "'1W' is not understood by every cron")]
    [InlineData("0 4 * * 5#2", "'5#2' is not understood by every cron")]
    [InlineData("H 4 * * *", "seed")]
    [InlineData("0 4 31 2 *", "no such day")]
    public void What_is_none_is_refused_and_says_why(string text, string why)
    {
        var failure = Assert.Throws<LoyaltyException>(() => CronSchedule.Parse(text));

        Assert.Equal("ScheduleInvalid", failure.ErrorId);
        Assert.Equal(text, failure.Target);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_next_start_goes_by_the_clock_that_is_meant()
    {
        var schedule = CronSchedule.Parse("30 4 * * *");
        var noon = new DateTime(2026, 6, 30, 12, 0, 0, DateTimeKind.Utc);

        Assert.Equal(new DateTime(2026, 7, 1, 4, 30, 0, DateTimeKind.Utc), schedule.NextAfter(noon, TimeZoneInfo.Utc));
        var east = TimeZoneInfo.CreateCustomTimeZone("East", TimeSpan.FromHours(2), "East", "East");
        Assert.Equal(new DateTime(2026, 7, 1, 2, 30, 0, DateTimeKind.Utc), schedule.NextAfter(noon, east));
    }
}
