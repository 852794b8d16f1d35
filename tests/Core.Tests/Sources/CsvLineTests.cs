using System.Globalization;
using System.Text;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>Which rows of a CSV file are rejected, and on which line they are said to be. Bytes are written as Latin 1.</summary>
public sealed class CsvLineTests
{
    private const string H = "USER_ID,ENGAGEMENT_TYPE,REPEAT_COUNT,LAST_ENGAGED_AT\n";
    private const string Good = ",1,1998-06-01 10:00:00\n";

    [Theory]
    [InlineData("a bad row alone", H + "1,a,x,1998-06-01 10:00:00\n", "2", 0)]
    [InlineData("quoted line breaks before", H + "1,\"a\nb\n\nc\"" + Good + "2,a,x,1998-06-01 10:00:00\n", "6", 1)]
    [InlineData(
        "CRLF",
        "USER_ID,ENGAGEMENT_TYPE,REPEAT_COUNT,LAST_ENGAGED_AT\r\n1,a,1,1998-06-01\r\n2,\"x\r\ny\",1,1998-06-01\r\n3,a,x,1998-06-01\r\n",
        "5", 2)]
    [InlineData("CR alone", "USER_ID,ENGAGEMENT_TYPE,REPEAT_COUNT,LAST_ENGAGED_AT\r1,a,1,1998-06-01\r2,a,x,1998-06-01\r", "3", 1)]
    [InlineData(
        "line ends of all kinds",
        "USER_ID,ENGAGEMENT_TYPE,REPEAT_COUNT,LAST_ENGAGED_AT\r\n1,a,1,1998-06-01\n2,a,1,1998-06-01\r\n3,a,x,1998-06-01\r4,a,1,1998-06-01\n", "4", 3)]
    [InlineData("blank lines", H + "\n\n1,a" + Good + "\n\n2,a,x,1998-06-01 10:00:00\n", "7", 1)]
    [InlineData("blank lines before the header", "\n\r\n" + H + "1,a" + Good + "2,a,x,1998-06-01 10:00:00\n", "5", 1)]
    [InlineData("too few values", H + "1,a\n2,a" + Good + "3,a,x,1998-06-01 10:00:00\n", "2,4", 1)]
    [InlineData("too many values", H + "1,a,1,1998-06-01,9\n2,a" + Good + "3,a,x,1998-06-01 10:00:00\n", "2,4", 1)]
    [InlineData("too many values over lines", H + "1,\"a\nb\",1,1998-06-01,9\n2,a" + Good + "3,a,x,1998-06-01 10:00:00\n", "2,5", 1)]
    [InlineData("a line of blanks", H + "   \n2,a" + Good, "2", 1)]
    [InlineData("a quote never closed", H + "1,\"a,1,1998-06-01\n2,a" + Good + "3,b" + Good, "2", 2)]
    [InlineData("a quote closed rows later", H + "1,\"a,1,1998-06-01\n2,a" + Good + "3,\"b,b\"" + Good + "4,c" + Good, "2", 3)]
    [InlineData("an unclosed quote at the end", H + "1,a" + Good + "2,\"b,1,1998-06-01\n", "3", 1)]
    [InlineData("text beside a quoted value", H + "1,\"a\"b,1,1998-06-01\n2,a" + Good + "3,a,x,1998-06-01\n", "2,4", 1)]
    [InlineData("text beside a value over lines", H + "1,\"a\nb\"c,1,1998-06-01\n2,a" + Good, "2,3", 1)]
    [InlineData("no UTF-8", H + "1,\xFF,1,1998-06-01\n2,a" + Good + "3,\xC3\xA9" + Good + "4,\xC3(,1,1998-06-01\n", "2,5", 2)]
    [InlineData("an empty value too many", H + "1,a,1,1998-06-01,\n2,a,x,1998-06-01,\n", "3", 1)]
    [InlineData("blanks around quotes", H + "1, \"a\" ,1,1998-06-01\n2,a,x,1998-06-01\n", "3", 1)]
    [InlineData("a quote inside a value", H + "1,a\"b,1,1998-06-01\n2,a,x,1998-06-01\n", "3", 1)]
    [InlineData("a byte order mark", "\xEF\xBB\xBF" + H + "1,a,x,1998-06-01\n", "2", 0)]
    [InlineData("no line end at the end", H + "1,a" + Good + "2,a,x,1998-06-01", "3", 1)]
    public async Task Rejected_lines_are_named_and_no_other_row_suffers(string what, string content, string lines, int stored)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var result = await test.ImportAsync(test.WriteBytes("REPEAT_ENGAGEMENTS.csv", content));
        var places = string.Join(
            ',',
            (await test.PlacesAsync()).Select(
                place => place.Replace("type REPEAT_ENGAGEMENTS.csv line ", string.Empty, StringComparison.Ordinal)));
        Assert.True(lines == places, $"{what}: {places}");
        Assert.Equal(stored, result.Inserted);
        Assert.Equal(lines.Split(',').Length, result.Rejected);
        Imports.AssertAddsUp(result);
    }

    [Theory]
    [InlineData("1,a,x,1998-06-01", "column REPEAT_COUNT: the value is no INTEGER")]
    [InlineData("1,\"a,1,1998-06-01", "column ENGAGEMENT_TYPE: a quote is not closed, or text stands beside a quoted value")]
    [InlineData("1,a,1,\xFF", "column LAST_ENGAGED_AT: the text is no UTF-8")]
    [InlineData("1,a", "the row has too few values")]
    [InlineData("1,a,1,1998-06-01,2", "the row has too many values")]
    [InlineData("1,a,-1,1998-06-01", "REPEAT_COUNT is below 0")]
    public async Task The_reason_names_the_column_and_never_the_value(string row, string reason)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.WriteBytes("REPEAT_ENGAGEMENTS.csv", H + row + "\n"));
        Assert.EndsWith("|REPEAT_ENGAGEMENTS.csv line 2: " + reason, Assert.Single(await test.QuarantineAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_large_file_lines_and_rows_are_exact()
    {
        const int Rows = 400_000;
        var bad = new SortedSet<int> { 3, 77_777, 150_000, 250_001, 333_333, 399_999, 400_000 };
        var text = new StringBuilder(H);
        var (line, expected) = (2L, new List<string>());
        for (var row = 1; row <= Rows; row++)
        {
            var breaks = row % 1000 == 0 ? "\n\"\"\n" : string.Empty;
            if (bad.Contains(row))
                expected.Add($"type REPEAT_ENGAGEMENTS.csv line {line}");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row},\"kind, {breaks}of {row % 7}\",{(!bad.Contains(row) ? "5" : row % 2 == 0 ? "x" : "5,5")},1998-06-01 10:00:00{(row % 5000 == 0 ? "\n\n" : "\n")}");
            line += 1 + (breaks.Length > 0 ? 2 : 0) + (row % 5000 == 0 ? 1 : 0);
        }

        await using var test = await TestWarehouse.CreateAsync();
        var result = await test.ImportAsync(test.Write("REPEAT_ENGAGEMENTS.csv", text.ToString()));
        Assert.Equal(expected, await test.PlacesAsync());
        Assert.Equal(Rows - bad.Count, result.Inserted);
        var sum = Rows * (Rows + 1L) / 2 - bad.Sum();
        Assert.Equal([$"{Rows - bad.Count}|{sum}|{Rows / 1000 - bad.Count(row => row % 1000 == 0)}"], await test.RowsAsync(
            "SELECT COUNT(*), SUM(USER_ID), COUNT_IF(ENGAGEMENT_TYPE LIKE E'kind, \\n\"\\nof _') FROM DW_A.REPEAT_ENGAGEMENTS"));
    }

    [Fact]
    public async Task Of_several_parts_the_file_is_named()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var folder = Directory.CreateDirectory(Path.Combine(test.Folder, "in")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "REPEAT_ENGAGEMENTS_01.csv"), H + "1,a" + Good + "2,a,x,1998-06-01\n", TestWarehouse.Token);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "REPEAT_ENGAGEMENTS_02.csv"),
            "REPEAT_COUNT,USER_ID,LAST_ENGAGED_AT,ENGAGEMENT_TYPE\n1,3,1998-06-01,c\n1,4,never,c\n", TestWarehouse.Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "REPEAT_ENGAGEMENTS_03.jsonl"),
            "{\"USER_ID\":5,\"ENGAGEMENT_TYPE\":\"c\",\"REPEAT_COUNT\":1,\"LAST_ENGAGED_AT\":\"1998-06-01\"}\nnothing\n",
            TestWarehouse.Token);
        await test.ImportFolderAsync(folder);
        Assert.Equal(
            ["type REPEAT_ENGAGEMENTS_03.jsonl line 2", "type REPEAT_ENGAGEMENTS_01.csv line 3", "type REPEAT_ENGAGEMENTS_02.csv line 3"],
            await test.PlacesAsync());
        Assert.Equal(["1", "3", "5"], await test.RowsAsync("SELECT USER_ID FROM DW_A.REPEAT_ENGAGEMENTS ORDER BY 1"));
    }

    [Fact]
    public async Task A_row_longer_than_the_reader_takes_is_rejected_alone()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write(
            "REPEAT_ENGAGEMENTS.csv",
            H + "1,a" + Good + "2," + new string('z', 9 << 20) + Good + "3,\"" + new string('z', 5 << 20) + "\n\"" + Good + "4,"
                + new string('z', 3 << 20) + Good + "5,c,x,1998-06-01\n");
        var result = await test.ImportAsync(path);
        // A long quoted value looks like an unclosed quote: its lines are rejected one by one.
        Assert.Equal(["3", "4", "5", "7"], (await test.PlacesAsync()).Select(place => place.Split(' ')[^1]), StringComparer.Ordinal);
        Assert.Equal(2, result.Inserted);
        Imports.AssertAddsUp(result);
    }
}
