using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>A day that the sources say nothing of any more is not written unforced.</summary>
public sealed class StaleSourcesTests
{
    private static readonly DateOnly Newest = new(1998, 6, 1);

    [Theory]
    [InlineData(0, false)]
    [InlineData(35, false)]
    [InlineData(36, true)]
    [InlineData(153, true)]
    public async Task A_required_source_that_has_ended_stops_the_merge(int daysLater, bool isStopped)
    {
        await using var test = await CreateAsync();
        // Of everything else the day is known.
        await test.ExecuteAsync(
            $"INSERT INTO DW_A.USER_ACTIVITY VALUES (1, 1, 'login', TIMESTAMP '1998-06-01' + INTERVAL '{daysLater} days', NULL, NULL)");
        var day = Newest.AddDays(daysLater);
        if (!isStopped)
        {
            await test.MergeAsync(day);
            return;
        }

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(day));
        Assert.Equal("GuardTripped", error.ErrorId);
        Assert.Contains(
            $"the newest row of DW_A.USER_PROFILE is {daysLater} days older, and 35 are usual", error.Message, StringComparison.Ordinal);
        Assert.Empty(await test.RowsAsync("SELECT * FROM LOYALTY.MASTER"));
        Assert.Equal(["SourcesStale"], (await test.MergeAsync(day, planOnly: true)).Guards.Select(guard => guard.Name));
        await test.MergeAsync(day, force: true);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task So_do_most_sources_that_have_ended(int stale, bool isStopped)
    {
        await using var test = await CreateAsync();
        var day = Newest.AddDays(5);
        await test.ExecuteAsync("INSERT INTO DW_A.USER_ACTIVITY VALUES (1, 1, 'login', TIMESTAMP '1998-06-01', NULL, NULL)");
        await test.ExecuteAsync($"INSERT INTO DW_B.SUPPORT_CALLS VALUES (1, DATE '{(stale > 1 ? "1998-05-25" : "1998-06-05")}', 1)");
        if (isStopped)
            Assert.Contains(
                "2 of 3 sources have nothing new", (await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(day))).Message,
                StringComparison.Ordinal);
        else
            await test.MergeAsync(day);
    }

    [Fact]
    public async Task A_programme_whose_sources_change_seldom_can_do_without_the_guard()
    {
        await using var test = await CreateAsync();
        var config = test.Write("pipeline.yml", "guards: {stale_sources: false}\n");
        test.Pipeline = PipelineLoader.Load(Repository.SqlFolder, config);
        await test.MergeAsync(Newest.AddDays(100));
    }

    [Fact]
    public async Task A_day_before_the_first_sign_up_is_warned_of()
    {
        await using var test = await CreateAsync();
        await test.MergeAsync(new DateOnly(226, 6, 30));
        Assert.Contains(
            test.Reporter.Warnings, warning => warning.Contains("Nobody had signed up by 0226-06-30", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task The_end_of_time_is_no_day(bool force, bool planOnly)
    {
        await using var test = await CreateAsync();
        Assert.Equal(
            "GuardTripped",
            (await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(DateOnly.MaxValue, force, planOnly))).ErrorId);
    }

    [Fact]
    public async Task Of_few_rows_a_share_stops_nothing()
    {
        await using var test = await CreateAsync();
        test.Pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        await test.ExecuteAsync("INSERT INTO DW_B.SUPPORT_CALLS SELECT 99, DATE '1998-06-01' - range::INTEGER, 1 FROM range(6)");
        Assert.Equal(6, (await test.MergeAsync(Newest)).Quarantined);
        await test.ExecuteAsync("INSERT INTO DW_B.SUPPORT_CALLS VALUES (99, DATE '1998-01-01', 1)");
        Assert.Equal("GuardTripped", (await Assert.ThrowsAsync<LoyaltyException>(() => test.MergeAsync(Newest))).ErrorId);
    }

    private static async Task<TestWarehouse> CreateAsync()
    {
        var test = await TestWarehouse.CreateAsync();
        test.Pipeline = PipelineLoader.Load(Repository.SqlFolder, configPath: null);
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE VALUES (1, NULL, NULL, NULL, NULL, 'plus', 'active', TRUE, TIMESTAMP '1998-01-01', TIMESTAMP '1998-06-01')");
        return test;
    }
}
