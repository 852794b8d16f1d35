using System.Text;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class CsvFileTests
{
    private const string Profiles = "USER_ID,FULL_NAME,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT\n";

    [Fact]
    public async Task Rows_between_two_stray_quotes_are_warned_of_with_their_line()
    {
        await using var test = await TestWarehouse.CreateAsync();
        static string Row(int user, string name) => $"{user},{name},plus,active,true,1998-01-01,1998-06-01\n";
        var rows = Row(1, "a") + Row(2, "\"b") + string.Concat(Enumerable.Range(3, 20).Select(user => Row(user, "c"))) + Row(23, "d\"")
            + Row(24, "\"two\nlines, and a comma\"");
        await test.ImportAsync(test.Write("USER_PROFILE.csv", Profiles + rows));
        Assert.EndsWith(
            "line 3: a value holds whole rows of the file, as by a quote that was not meant; they are not imported as rows.",
            test.Reporter.Warnings.Last(), StringComparison.Ordinal);
        Assert.Single(test.Reporter.Warnings, warning => warning.Contains("whole rows", StringComparison.Ordinal));
    }

    private const string Row = "1,1998-06-01,3\n";

    [Theory]
    [InlineData("in the order of the catalog", "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,1998-06-01,3\n")]
    [InlineData("in another order", "CALLS_LAST_30_DAYS,USER_ID,AS_OF_DATE\n3,1,1998-06-01\n")]
    [InlineData("in lower case", "user_id,as_of_date,Calls_Last_30_Days\n1,1998-06-01,3\n")]
    [InlineData("with blanks around", " USER_ID , AS_OF_DATE,CALLS_LAST_30_DAYS \n1,1998-06-01,3\n")]
    [InlineData("quoted", "\"USER_ID\",\"AS_OF_DATE\",\"CALLS_LAST_30_DAYS\"\n1,1998-06-01,3\n")]
    [InlineData("after a byte order mark", "\uFEFFUSER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,1998-06-01,3\n")]
    [InlineData("a quoted one after a byte order mark", "\uFEFF\"USER_ID\",AS_OF_DATE,CALLS_LAST_30_DAYS\n1,1998-06-01,3\n")]
    [InlineData("with CRLF", "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\r\n1,1998-06-01,3\r\n")]
    [InlineData("without a last line end", "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,1998-06-01,3")]
    [InlineData("after blank lines", "\n\nUSER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n1,1998-06-01,3\n")]
    public async Task Columns_match_by_name(string what, string content)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", content));
        Assert.True((await test.CallsAsync()) is ["1|1998-06-01|3"], what);
        Assert.Empty(await test.QuarantineAsync());
        Assert.Empty(test.Reporter.Warnings);
    }

    [Theory]
    [InlineData("no byte", "", "SourceFileUnreadable")]
    [InlineData("line ends only", "\n\r\n", "SourceFileUnreadable")]
    [InlineData("a byte order mark only", "\uFEFF", "SourceFileUnreadable")]
    [InlineData("a column twice", "USER_ID,AS_OF_DATE,user_id ,CALLS_LAST_30_DAYS\n1,1998-06-01,1,3\n", "SourceFileUnreadable")]
    [InlineData("an unclosed quote in the header", "USER_ID,\"AS_OF_DATE,CALLS_LAST_30_DAYS\n1,1998-06-01,3\n", "SourceFileUnreadable")]
    [InlineData("a required column missing", "USER_ID,AS_OF_DATE\n1,1998-06-01\n", "SourceColumnMissing")]
    [InlineData("no header", "1,1998-06-01,3\n", "SourceColumnMissing")]
    [InlineData("another delimiter", "USER_ID;AS_OF_DATE;CALLS_LAST_30_DAYS\n1;1998-06-01;3\n", "SourceColumnMissing")]
    public async Task A_file_without_a_usable_header_is_refused(string what, string content, string errorId)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("SUPPORT_CALLS_1.csv", "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n" + Row));
        var before = await test.ContentAsync();
        var refused = await test.RefusedAsync(test.Write("SUPPORT_CALLS.csv", content), new ImportOptions(ImportMode.Replace));
        Assert.True(refused == errorId, $"{what}: {refused}");
        Assert.Equal(before, await test.ContentAsync());
        Assert.Equal([$"Failed|{errorId}"], await test.RowsAsync("SELECT STATUS, ERROR_ID FROM LOYALTY.RUN WHERE ERROR_ID IS NOT NULL"));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf16_is_refused(string encoding)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = Path.Combine(test.Folder, "SUPPORT_CALLS.csv");
        await File.WriteAllTextAsync(path, Imports.CallsHeader + "\n" + Row, Encoding.GetEncoding(encoding), TestWarehouse.Token);
        Assert.Equal("SourceFileUnreadable", await test.RefusedAsync(path));
    }

    [Theory]
    [InlineData("USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n")]
    [InlineData("USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS")]
    [InlineData("USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\r\n\r\n\r\n")]
    [InlineData("\nUSER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS\n")]
    public async Task A_header_alone_is_no_row(string content)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var result = await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", content));
        Assert.True(result.Applied);
        Assert.Equal("read 0, rejected 0, inserted 0, updated 0, unchanged 0, deleted 0", Imports.Counts(result));
    }

    [Fact]
    public async Task Unknown_and_missing_columns_are_named()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(
            test.Write(
                "USER_ACTIVITY.csv", "USER_ID,EXTRA,ACTIVITY_ID,ACTIVITY_TYPE,ACTIVITY_AT,RATING\n1,what,7,feedback,1998-06-01,5\n"));
        Assert.Equal(["7|1|feedback|1998-06-01 00:00:00|NULL|5"], await test.RowsAsync("SELECT * FROM DW_A.USER_ACTIVITY"));
        Assert.Equal(2, test.Reporter.Warnings.Count);
        Assert.Contains(test.Reporter.Warnings, warning => warning.Contains("AMOUNT", StringComparison.Ordinal));
        Assert.Contains(test.Reporter.Warnings, warning => warning.Contains("EXTRA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData(' ')]
    [InlineData('\'')]
    [InlineData('§')]
    public async Task Another_delimiter(char delimiter)
    {
        // The first file goes the fast way; the bad row makes the second go the careful one.
        foreach (var badRow in new[] { string.Empty, "x|1998-06-01|3\n" })
        {
            await using var test = await TestWarehouse.CreateAsync();
            var content = ("USER_ID|ENGAGEMENT_TYPE|REPEAT_COUNT|LAST_ENGAGED_AT\n1|\"a,b|c\"|3|1998-06-01T10:00:00\n" + badRow).Replace(
                '|', delimiter);
            await test.ImportAsync(test.Write("REPEAT_ENGAGEMENTS.csv", content), new ImportOptions(Delimiter: delimiter));
            Assert.Equal([$"1|a,b{delimiter}c|3|1998-06-01 10:00:00"], await test.RowsAsync("SELECT * FROM DW_A.REPEAT_ENGAGEMENTS"));
            Assert.Equal(badRow.Length > 0 ? 1 : 0, (await test.QuarantineAsync()).Count);
        }
    }

    [Theory]
    [InlineData("", "NULL")]
    [InlineData("\"\"", "")]
    [InlineData("NULL", "NULL as text")]
    [InlineData("\"NULL\"", "NULL as text")]
    [InlineData("  ", "  ")]
    [InlineData("\" x \"", " x ")]
    [InlineData("\"a \"\"b\"\", c\"", "a \"b\", c")]
    [InlineData("\"\"\"\"", "\"")]
    [InlineData("\"a\nb\"", "a\nb")]
    [InlineData("\"a\r\nb\"", "a\r\nb")]
    [InlineData("Zoë Łukasz 李 😀", "Zoë Łukasz 李 😀")]
    [InlineData("a\\", "a\\")]
    [InlineData("#a", "#a")]
    [InlineData("a\"b", "a\"b")]
    public async Task Texts_are_kept_as_they_are(string cell, string text)
    {
        foreach (var badRow in new[] { string.Empty, "x,1998-06-01\n" })
        {
            await using var test = await TestWarehouse.CreateAsync();
            await test.ImportAsync(test.Write("USER_PROFILE.csv", Profile(cell) + badRow));
            Assert.Equal(
                [text],
                await test.RowsAsync("SELECT CASE FULL_NAME WHEN 'NULL' THEN 'NULL as text' ELSE FULL_NAME END FROM DW_A.USER_PROFILE"));
        }
    }

    [Fact]
    public async Task An_empty_text_is_no_number()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(
            test.Write(
                "SUPPORT_CALLS.csv", Imports.CallsHeader + "\n1,1998-06-01,\"\"\n2,1998-06-01,\n\"\",1998-06-01,1\n,1998-06-01,1\n,,\n"));
        Assert.Equal(
            ["type SUPPORT_CALLS.csv line 2", "not_null SUPPORT_CALLS.csv line 3", "type SUPPORT_CALLS.csv line 4",
                "null_key SUPPORT_CALLS.csv line 5", "null_key SUPPORT_CALLS.csv line 6"],
            await test.PlacesAsync());
        Assert.Empty(await test.CallsAsync());
    }

    [Fact]
    public async Task Row_rules_reject_with_their_line_and_duplicates_compete()
    {
        await using var test = await TestWarehouse.CreateAsync();
        const string Header = "ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT,AMOUNT,RATING\n";
        var result = await test.ImportAsync(test.Write("USER_ACTIVITY.csv", Header
            + "1,1,login,1998-06-01,,\n1,1,login,1998-06-02,,\n1,1,login,1998-06-02,5,\n2,1,Login,1998-06-01,,\n3,1,feedback,1998-06-01,,6\n4,,login,1998-06-01,,\n,1,login,1998-06-01,,\n5,1,login,1998-06-01,1e99,\n"));
        Assert.Equal(
            [
                "duplicate USER_ACTIVITY.csv line 2", "duplicate USER_ACTIVITY.csv line 3", "accepted_values USER_ACTIVITY.csv line 5",
                "range USER_ACTIVITY.csv line 6",
                "not_null USER_ACTIVITY.csv line 7", "null_key USER_ACTIVITY.csv line 8", "type USER_ACTIVITY.csv line 9",
            ],
            await test.PlacesAsync());
        Assert.Equal(["1|1|login|1998-06-02 00:00:00|5.00|NULL"], await test.RowsAsync("SELECT * FROM DW_A.USER_ACTIVITY"));
        Imports.AssertAddsUp(result);
        Assert.Equal(["8|1|7"], await test.RowsAsync("SELECT ROWS_READ, ROWS_USED, ROWS_QUARANTINED FROM LOYALTY.RUN_SOURCE"));
    }

    internal static string Profile(string name) =>
        $"USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT\n1,,{name},,,plus,active,true,1998-01-01,1998-01-02\n";
}
