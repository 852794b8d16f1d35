using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>Times that engines store and calendars do not have: no file can bring one, a database that sources are kept in can.</summary>
public sealed class UnsayableTimeTests
{
    private static readonly DateOnly Day = new(1998, 6, 1);

    public static TheoryData<string> Unsayable { get; } = ["infinity", "-infinity", "0044-03-15 (BC)", "20000-01-01"];

    [Theory]
    [MemberData(nameof(Unsayable))]
    public async Task A_profile_with_one_is_quarantined_alone(string time)
    {
        foreach (var column in new[] { "SIGNED_UP_AT", "UPDATED_AT" })
        {
            await using var test = await CreateAsync();
            await test.ExecuteAsync($"UPDATE DW_A.USER_PROFILE SET {column} = TIMESTAMP '{time}' WHERE USER_ID = 1");
            await test.MergeAsync(Day);
            Assert.Equal(
                [$"type|{column} lies outside the years 1 to 9999"], await test.RowsAsync("SELECT RULE, DETAIL FROM LOYALTY.QUARANTINE"));
            Assert.Equal(["2", "3"], await test.RowsAsync("SELECT USER_ID FROM LOYALTY.MASTER ORDER BY 1"));
        }
    }

    [Theory]
    [MemberData(nameof(Unsayable))]
    public async Task So_is_a_row_of_any_other_source(string time)
    {
        await using var test = await CreateAsync();
        await test.ExecuteAsync(
            $"INSERT INTO DW_B.FEATURE_ADOPTION VALUES (1, 'a', 'm', TIMESTAMP '1998-05-01', TIMESTAMP '{time}', 1), (2, 'a', 'm', TIMESTAMP '1998-05-01', TIMESTAMP '1998-05-02', 1)");
        await test.MergeAsync(Day);
        Assert.Equal(["type"], await test.RowsAsync("SELECT RULE FROM LOYALTY.QUARANTINE"));
        Assert.Equal(
            ["1|0", "2|1"], await test.RowsAsync("SELECT USER_ID, FEATURES_ADOPTED FROM LOYALTY.MASTER WHERE USER_ID < 3 ORDER BY 1"));
    }

    // What counts by its time is not passed over as of a later day.
    [Theory]
    [MemberData(nameof(Unsayable))]
    public async Task So_is_an_event_whose_day_it_would_say(string time)
    {
        await using var test = await CreateAsync();
        await test.ExecuteAsync(
            $"INSERT INTO DW_A.USER_ACTIVITY VALUES (1, 1, 'login', TIMESTAMP '{time}', NULL, NULL), (2, 2, 'login', TIMESTAMP '1998-05-31', NULL, NULL), (3, 2, 'login', TIMESTAMP '1998-06-02', NULL, NULL)");
        await test.MergeAsync(Day);
        Assert.Equal(["type|ACTIVITY_ID=1"], await test.RowsAsync("SELECT RULE, ROW_KEY FROM LOYALTY.QUARANTINE"));
        Assert.Equal(["1|0", "2|1"], await test.RowsAsync("SELECT USER_ID, LOGINS_30D FROM LOYALTY.MASTER WHERE USER_ID < 3 ORDER BY 1"));
    }

    [Theory]
    [MemberData(nameof(Unsayable))]
    public async Task One_that_is_stored_reads_as_none(string time)
    {
        await using var test = await CreateAsync();
        await test.MergeAsync(Day);
        await test.ExecuteAsync($"UPDATE LOYALTY.HISTORY SET SIGNED_UP_AT = TIMESTAMP '{time}' WHERE USER_ID = 1");
        await using var session = await test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        var read = await session.ListAsync(
            $"SELECT SIGNED_UP_AT, DATE '{time}' FROM LOYALTY.HISTORY WHERE USER_ID = 1", [],
            reader => (reader.TimeAt(0), reader.ValueAt(0), reader.DateAt(1), reader.ValueAt(1)), TestWarehouse.Token);
        Assert.Equal([(null, null, null, null)], read);
    }

    private static async Task<TestWarehouse> CreateAsync()
    {
        var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE SELECT range + 1, NULL, NULL, NULL, NULL, 'plus', 'active', TRUE, TIMESTAMP '1998-01-01', TIMESTAMP '1998-05-31' FROM range(3)");
        return test;
    }
}
