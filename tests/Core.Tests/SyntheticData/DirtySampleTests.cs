using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.SyntheticData.Sinks;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.Truth;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

public sealed class DirtySampleTests
{
    private static readonly SyntheticDataOptions Dirty = new() { Users = 4000, Dirty = true };

    [Fact]
    public async Task Landing_files_hold_exactly_the_planted_rows_of_every_rule()
    {
        using var folder = new TemporaryFolder();
        using var landing = new CsvLandingFolder(folder.Path);
        var result = await SyntheticTablesWriter.WriteAsync(
            ShippedCatalog.Catalog, Dirty, landing.Open, cancellationToken: TestContext.Current.CancellationToken);
        landing.Commit(TestContext.Current.CancellationToken);

        using var database = new SourceDatabase();
        database.LoadText(folder.Path);
        AssertPlanted(database, result, isText: true);
    }

    [Theory]
    [InlineData(4000, 365)]
    [InlineData(50, 20)]
    public async Task Tables_hold_exactly_the_planted_rows_of_every_rule(int users, int days)
    {
        using var database = new SourceDatabase();
        var options = Dirty with { Users = users, Days = days };
        var result = await database.FillAsync(options, token: TestContext.Current.CancellationToken);
        database.CopyAsText();
        AssertPlanted(database, result, isText: false);
    }

    [Fact]
    public async Task Good_rows_are_those_of_the_clean_sample_and_come_first()
    {
        var clean = await SampleFiles.WriteAsync(Dirty with { Dirty = false });
        var dirty = await SampleFiles.WriteAsync(Dirty);
        foreach (var table in SourceConditions.Tables)
            Assert.True(dirty.Bytes(table.Name).AsSpan().StartsWith(clean.Bytes(table.Name)), table.Name);
    }

    [Fact]
    public async Task About_one_row_in_a_thousand_is_planted_and_two_of_each_kind_where_there_is_room()
    {
        var result = (await SampleFiles.WriteAsync(Dirty with { Users = 30_000 })).Result;
        var activity = result.Tables.Single(table => table.Table.EndsWith("USER_ACTIVITY", StringComparison.Ordinal));
        Assert.InRange(activity.Planted.Values.Sum() * 1000.0 / activity.Rows, 0.9, 1.1);
        Assert.All(
            result.Tables.Where(table => table.Rows > 1000).SelectMany(table => table.Planted.Values),
            planted => Assert.True(planted >= 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(300)]
    public async Task At_most_a_tenth_of_a_table_is_planted_and_as_many_rules_are_broken_as_there_is_room_for(int users)
    {
        var result = (await SampleFiles.WriteAsync(Dirty with { Users = users })).Result;
        foreach (var table in result.Tables)
        {
            var planted = table.Planted.Values.Sum();
            Assert.True(planted * 10 <= table.Rows, $"{table.Table}: {planted} of {table.Rows}");
            // Five rules each table knows: type, null_key, not_null, duplicate, and one that depends on its columns.
            Assert.True(
                table.Planted.Count >= Math.Min(4, (table.Rows - planted) / 10), $"{table.Table}: {string.Join(", ", table.Planted.Keys)}");
        }
    }

    [Fact]
    public async Task No_event_lies_after_the_last_day()
    {
        using var database = new SourceDatabase();
        await database.FillAsync(Dirty with { Users = 300 }, token: TestContext.Current.CancellationToken);
        foreach (var table in SourceConditions.Tables.Where(table => table.EventTime is not null))
            Assert.Equal(
                0, database.Count($"{table.Name} WHERE {table.EventTime!.Name} >= DATE '{Dirty.LastDay:yyyy-MM-dd}' + INTERVAL '1 day'"));
    }

    [Theory]
    [InlineData("the same row again", "COPY.UPDATED_AT = GOOD.UPDATED_AT AND COPY = GOOD")]
    [InlineData("the remaining columns decide", "COPY.UPDATED_AT = GOOD.UPDATED_AT AND COPY <> GOOD")]
    [InlineData("an older row", "COPY.UPDATED_AT < GOOD.UPDATED_AT")]
    [InlineData("a newer row", "COPY.UPDATED_AT > GOOD.UPDATED_AT")]
    public async Task Duplicates_are_of_every_kind(string kind, string condition)
    {
        using var database = new SourceDatabase();
        await database.FillAsync(Dirty with { Users = 300 }, token: TestContext.Current.CancellationToken);
        const string Pairs =
            "DW_A.USER_PROFILE AS GOOD JOIN DW_A.USER_PROFILE AS COPY ON GOOD.USER_ID = COPY.USER_ID AND GOOD.rowid < COPY.rowid";
        Assert.True(database.Count($"(SELECT GOOD.USER_ID FROM {Pairs} WHERE {condition})") >= 2, kind);
    }

    [Fact]
    public async Task Rejected_profiles_take_no_other_row_with_them()
    {
        using var database = new SourceDatabase();
        await database.FillAsync(Dirty, token: TestContext.Current.CancellationToken);
        database.CopyAsText();
        var rejected = string.Join(" OR ", SourceConditions.ByRule(SourceDefinitions.UserProfile.Declared).Values);
        foreach (var table in SourceConditions.Tables.Where(table => table.Owner is not null))
            Assert.Equal(
                0,
                database.Count(
                    $"{SourceDatabase.TextTable(table)} WHERE USER_ID IN (SELECT USER_ID FROM TEXT.USER_PROFILE WHERE {rejected})"));
    }

    private static void AssertPlanted(SourceDatabase database, SampleResult result, bool isText)
    {
        // Only the users of good profile rows count: that planted profiles are no users must not make anything an orphan.
        var brokenProfile = string.Join(" OR ", SourceConditions.ByRule(SourceDefinitions.UserProfile.Declared).Values);
        database.Execute(
            $"CREATE TABLE KNOWN_USER AS SELECT CAST(USER_ID AS BIGINT) AS USER_ID FROM TEXT.USER_PROFILE WHERE NOT ({brokenProfile})");

        foreach (var (table, planted) in SourceConditions.Tables.Zip(result.Tables))
        {
            var source = SourceDatabase.TextTable(table);
            var conditions = SourceConditions.ByRule(table).Where(pair => isText || pair.Key is not "type").ToArray();
            var found = conditions.ToDictionary(
                pair => pair.Key, pair => database.Count($"{source} WHERE {pair.Value}"), StringComparer.Ordinal);
            // Of rows that are rejected for another reason two may have the same key by chance.
            var usable = $"{source} WHERE {KeyIsComplete(table)} AND NOT ({string.Join(" OR ", conditions.Select(pair => pair.Value))})";
            found["duplicate"] = database.Count(usable) - database.Count($"(SELECT DISTINCT {table.KeyList} FROM {usable})");

            Assert.Equal(Describe(planted.Planted), Describe(found.Where(pair => pair.Value > 0)));
            Assert.Equal(planted.Rows, database.Count(source));
            AssertRowsBreakOneRule(database, table, [.. conditions.Select(pair => pair.Value)]);
            AssertNullKeyRowsDiffer(database, table);
        }
    }

    private static void AssertRowsBreakOneRule(SourceDatabase database, SourceTable table, IReadOnlyList<string> conditions)
    {
        var broken = string.Join(" + ", conditions.Select(condition => $"CAST({condition} AS INTEGER)"));
        Assert.True(database.Count($"{SourceDatabase.TextTable(table)} WHERE {broken} > 1") == 0, table.Name);

        // A planted duplicate breaks no other rule, and no row with a broken rule shares its key with another.
        var rejected = string.Join(" OR ", conditions);
        Assert.Equal(0, database.Count($"""
            (SELECT {table.KeyList} FROM {SourceDatabase.TextTable(table)} WHERE {KeyIsComplete(table)} AND ({rejected})
             INTERSECT SELECT {table.KeyList} FROM {SourceDatabase.TextTable(table)} WHERE NOT ({rejected}))
            """));
    }

    private static void AssertNullKeyRowsDiffer(SourceDatabase database, SourceTable table)
    {
        var nullKeys = $"{SourceDatabase.TextTable(table)} WHERE {SourceConditions.ByRule(table)["null_key"]}";
        Assert.Equal(database.Count($"(SELECT DISTINCT * FROM {nullKeys})"), database.Count(nullKeys));
    }

    private static string KeyIsComplete(SourceTable table) =>
        string.Join(" AND ", table.Columns.Where(column => column.IsKey).Select(column => $"{column.Name} IS NOT NULL"));

    private static string Describe(IEnumerable<KeyValuePair<string, long>> counts) =>
        string.Join(", ", counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
