using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

public sealed class CleanSampleTests
{
    [Theory]
    [InlineData(3000, 365, 7)]
    [InlineData(500, 30, 1)]
    [InlineData(200, 1, 2)]
    [InlineData(1, 10, 3)]
    [InlineData(40, 1500, -4)]
    public async Task Every_row_keeps_every_rule(int users, int days, long seed)
    {
        using var database = new SourceDatabase();
        var options = new SyntheticDataOptions { Users = users, Days = days, Seed = seed };
        var result = await database.FillAsync(options, token: TestContext.Current.CancellationToken);

        database.CopyAsText();
        database.Execute("CREATE VIEW KNOWN_USER AS SELECT USER_ID FROM DW_A.USER_PROFILE");
        foreach (var table in SourceConditions.Tables)
        {
            foreach (var (rule, condition) in SourceConditions.ByRule(table))
                Assert.True(database.Count($"{SourceDatabase.TextTable(table)} WHERE {condition}") == 0, $"{table.Name} breaks {rule}");
            Assert.Equal(database.Count($"(SELECT DISTINCT {table.KeyList} FROM {table.Name})"), database.Count(table.Name));
        }

        AssertTimesAreInOrder(database, options);
        Assert.Equal(SourceConditions.Tables.Select(table => database.Count(table.Name)), result.Tables.Select(table => table.Rows));
        Assert.Equal(users, result.Users);
        Assert.Equal(users, database.Count("DW_A.USER_PROFILE"));
        Assert.Equal(0, result.Planted);
    }

    [Fact]
    public async Task Rows_are_stored_in_the_order_of_their_keys()
    {
        using var database = new SourceDatabase();
        await database.FillAsync(new SyntheticDataOptions { Users = 1000 }, token: TestContext.Current.CancellationToken);
        foreach (var table in SourceConditions.Tables)
        {
            var key = table.KeyList;
            var outOfOrder = database.Count(
                $"(SELECT ROW({key}) < (LAG(ROW({key})) OVER (ORDER BY rowid)) AS BACKWARDS FROM {table.Name}) WHERE BACKWARDS");
            Assert.True(outOfOrder == 0, table.Name);
        }
    }

    [Fact]
    public async Task Some_values_are_missing_and_some_regions_unknown()
    {
        using var database = new SourceDatabase();
        await database.FillAsync(new SyntheticDataOptions { Users = 3000 }, token: TestContext.Current.CancellationToken);
        foreach (var (table, column) in SourceConditions.Tables.SelectMany(
            table => table.Columns.Where(column => column.IsNullable && column != table.EventTime).Select(column => (table, column))))
            Assert.True(database.Count($"{table.Name} WHERE {column.Name} IS NULL") > 0, column.Name);
        Assert.NotEqual(0, database.Count("DW_A.USER_PROFILE WHERE REGION_CODE NOT IN (SELECT REGION_CODE FROM DW_C.REGION_METADATA)"));
        Assert.Equal(0, database.Count("DW_A.USER_PROFILE WHERE EMAIL NOT SIMILAR TO '[a-z.0-9]+@example[.](com|org)'"));
        Assert.Equal(0, database.Count("DW_A.USER_PROFILE WHERE PHONE NOT SIMILAR TO '[+]1-[0-9]{3}-555-01[0-9]{2}'"));
    }

    private static void AssertTimesAreInOrder(SourceDatabase database, SyntheticDataOptions options)
    {
        foreach (var table in SourceConditions.Tables.Where(table => table.EventTime is not null))
        {
            var time = table.EventTime!.Name;
            Assert.Equal(0, database.Count($"{table.Name} WHERE {time} >= DATE '{options.LastDay:yyyy-MM-dd}' + INTERVAL '1 day'"));
            if (table.Owner is null)
                continue;
            Assert.Equal(0, database.Count($"{table.Name} WHERE {time} < DATE '{options.FirstDay:yyyy-MM-dd}'"));
            Assert.Equal(0, database.Count($"{table.Name} JOIN DW_A.USER_PROFILE USING (USER_ID) WHERE {time} < {SignUp(table)}"));
        }

        Assert.Equal(0, database.Count("DW_A.USER_PROFILE WHERE UPDATED_AT < SIGNED_UP_AT"));
        Assert.Equal(
            0,
            database.Count(
                "DW_B.FEATURE_ADOPTION JOIN DW_A.USER_PROFILE USING (USER_ID) WHERE FIRST_USED_AT > LAST_USED_AT OR FIRST_USED_AT < SIGNED_UP_AT"));
        Assert.Equal(0, database.Count("DW_B.ISSUE_TICKETS WHERE CLOSED_AT < OPENED_AT"));
    }

    /// <summary>A date is not before the sign-up if it is not before its day.</summary>
    private static string SignUp(SourceTable table) =>
        table.EventTime!.Type is "DATE" ? "CAST(SIGNED_UP_AT AS DATE)" : "SIGNED_UP_AT";
}
