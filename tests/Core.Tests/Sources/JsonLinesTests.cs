using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class JsonLinesTests
{
    private const string Good = """{"USER_ID":1,"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":3}""";

    [Theory]
    [InlineData("in catalog order", Good)]
    [InlineData("in another order", """{"CALLS_LAST_30_DAYS":3,"USER_ID":1,"AS_OF_DATE":"1998-06-01"}""")]
    [InlineData("in another case", """{"calls_last_30_days":3,"User_Id":1,"As_Of_Date":"1998-06-01"}""")]
    [InlineData("numbers as text", """{"USER_ID":"1","AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":"3"}""")]
    [InlineData("whole numbers as floats", """{"USER_ID":1.0,"AS_OF_DATE":"1998-06-01T00:00:00Z","CALLS_LAST_30_DAYS":3e0}""")]
    [InlineData("with blanks", "  { \"USER_ID\" : 1 ,\t\"AS_OF_DATE\":\"1998-06-01\", \"CALLS_LAST_30_DAYS\": 3 }  ")]
    [InlineData("escaped", """{"\u0055SER_ID":1,"AS_OF_DATE":"1998\u002d06-01","CALLS_LAST_30_DAYS":3}""")]
    [InlineData("after a byte order mark", "\uFEFF" + Good)]
    [InlineData("with CRLF", Good + "\r\n")]
    public async Task Keys_match_by_name(string what, string line)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("SUPPORT_CALLS.jsonl", line));
        Assert.True((await test.CallsAsync()) is ["1|1998-06-01|3"], what);
        Assert.Empty(await test.QuarantineAsync());
    }

    [Theory]
    [InlineData("type", "no JSON")]
    [InlineData("type", "{\"USER_ID\":2,")]
    [InlineData("type", "[1,2]")]
    [InlineData("type", "5")]
    [InlineData("type", "null")]
    [InlineData("type", "\"text\"")]
    [InlineData("type", Good + Good)]
    [InlineData("type", """{"USER_ID":1.5,"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":3}""")]
    [InlineData("type", """{"USER_ID":2,"AS_OF_DATE":"","CALLS_LAST_30_DAYS":3}""")]
    [InlineData("type", """{"USER_ID":2,"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":{"a":1}}""")]
    [InlineData("type", """{"USER_ID":2,"AS_OF_DATE":["1998-06-01"],"CALLS_LAST_30_DAYS":1}""")]
    [InlineData("type", """{"USER_ID":true,"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":1}""")]
    [InlineData("type", "{\"USER_ID\":2,\"AS_OF_DATE\":\"\u00FF\",\"CALLS_LAST_30_DAYS\":1}")]
    [InlineData("null_key", "{}")]
    [InlineData("null_key", """{"USER_ID":null,"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":3}""")]
    [InlineData("null_key", """{"USER_ID":2,"CALLS_LAST_30_DAYS":3}""")]
    [InlineData("not_null", """{"USER_ID":2,"AS_OF_DATE":"1998-06-01"}""")]
    [InlineData("range", """{"USER_ID":2,"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":-1}""")]
    public async Task Unusable_lines_are_rejected_alone(string rule, string line)
    {
        await using var test = await TestWarehouse.CreateAsync();
        // Lines of nothing, or of blanks only, are no rows but count as lines.
        var result = await test.ImportAsync(
            test.WriteBytes("SUPPORT_CALLS.ndjson", $"\n{Good}\r\n\n  \t\n{line}\n{Good.Replace(":1,", ":9,", StringComparison.Ordinal)}"));
        Assert.Equal([$"{rule} SUPPORT_CALLS.ndjson line 5"], await test.PlacesAsync());
        Assert.Equal(["1|1998-06-01|3", "9|1998-06-01|3"], await test.CallsAsync());
        Assert.Equal(3, result.RowsRead);
        Imports.AssertAddsUp(result);
    }

    [Fact]
    public async Task A_line_may_lack_nullable_keys_and_have_unknown_ones()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("USER_ACTIVITY.jsonl", """
            {"ACTIVITY_ID":1,"USER_ID":1,"ACTIVITY_TYPE":"login","ACTIVITY_AT":"1998-06-01"}
            {"activity_id":2,"USER_ID":1,"ACTIVITY_TYPE":"purchase","ACTIVITY_AT":"1998-06-01","AMOUNT":1.005,"note\"":"x","more":{"a":[1]}}
            {"Activity_Id":"3","USER_ID":1,"ACTIVITY_TYPE":"purchase","ACTIVITY_AT":"1998-06-01","AMOUNT":null}
            """));
        Assert.Equal(["1|NULL", "2|1.01", "3|NULL"], await test.RowsAsync("SELECT ACTIVITY_ID, AMOUNT FROM DW_A.USER_ACTIVITY ORDER BY 1"));
        Assert.Equal(
            ["USER_ACTIVITY.jsonl has no column RATING: it is stored as NULL.",
                "USER_ACTIVITY.jsonl has the columns MORE, NOTE\", which the catalog does not know: left out."], test.Reporter.Warnings);
        Assert.Empty(await test.QuarantineAsync());
    }

    [Theory]
    [InlineData("""
        "Zo\u00eb \ud83d\ude00 \"q\" \\ \n tab\t"
        """, "Zoë 😀 \"q\" \\ \n tab\t")]
    [InlineData("\"李 😀\"", "李 😀")]
    [InlineData("\"\"", "")]
    [InlineData("\"{curly} text\"", "{curly} text")]
    [InlineData("\"[1]\"", "[1]")]
    [InlineData("5", "5")]
    [InlineData("true", "true")]
    public async Task Texts_are_kept(string value, string text)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("REPEAT_ENGAGEMENTS.jsonl", Engagement(value)));
        Assert.Equal([text], await test.RowsAsync("SELECT ENGAGEMENT_TYPE FROM DW_A.REPEAT_ENGAGEMENTS"));
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public async Task A_structure_is_no_text(string value)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("REPEAT_ENGAGEMENTS.jsonl", Engagement(value)));
        Assert.Equal(
            ["type|REPEAT_ENGAGEMENTS.jsonl line 1: column ENGAGEMENT_TYPE: the value is no VARCHAR but a structure"],
            await test.QuarantineAsync());
    }

    [Theory]
    [InlineData("\"CALLS_LAST_30_DAYS\":1,\"CALLS_LAST_30_DAYS\":2")]
    [InlineData("\"CALLS_LAST_30_DAYS\":1,\"calls_last_30_days\":2")]
    [InlineData("\"CALLS_LAST_30_DAYS\":1,\" CALLS_LAST_30_DAYS\\t\":1")]
    [InlineData("\"CALLS_LAST_30_DAYS\":1,\"note\":1,\"Note\":1")]
    public async Task An_object_that_has_a_key_twice_is_rejected(string values)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("SUPPORT_CALLS.jsonl", $$$"""
            {"USER_ID":1,"AS_OF_DATE":"1998-06-01",{{{values}}}}
            {"USER_ID":2,"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":3,"nested":{"a":1,"A":2}}
            """));
        Assert.Equal(
            ["type|SUPPORT_CALLS.jsonl line 1: the object has a key twice, in the same spelling or another"], await test.QuarantineAsync());
        Assert.Equal(["2|1998-06-01|3"], await test.CallsAsync());
    }

    [Theory]
    [InlineData("1.10", "1.10")]
    [InlineData("1.50", "1.50")]
    [InlineData("1e2", "1e2")]
    [InlineData("100.0", "100.0")]
    [InlineData("100", "100")]
    [InlineData("\"1.10\"", "1.10")]
    [InlineData("12345678901234567890.5", "12345678901234567890.5")]
    public async Task A_number_in_a_text_is_spelled_as_in_the_file(string value, string text)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("REPEAT_ENGAGEMENTS.jsonl", Engagement(value)));
        Assert.Equal([text], await test.RowsAsync("SELECT ENGAGEMENT_TYPE FROM DW_A.REPEAT_ENGAGEMENTS"));
    }

    // Programs that know no NULL write it so, outside of all JSON; the engine would make a text of it.
    [Theory]
    [InlineData("NaN", true)]
    [InlineData("nan", true)]
    [InlineData("Infinity", true)]
    [InlineData("-inf", true)]
    [InlineData("1e400", false)]
    [InlineData("\"NaN\"", false)]
    [InlineData("\"Infinity\"", false)]
    public async Task What_is_no_number_is_no_text_either(string value, bool isRejected)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("REPEAT_ENGAGEMENTS.jsonl", Engagement(value)));
        Assert.Equal(isRejected ? [] : [value.Trim('"')], await test.RowsAsync("SELECT ENGAGEMENT_TYPE FROM DW_A.REPEAT_ENGAGEMENTS"));
        Assert.Equal(isRejected ? ["type REPEAT_ENGAGEMENTS.jsonl line 1"] : [], await test.PlacesAsync());
    }

    [Theory]
    [InlineData("1.00499999999999999999", "1.00")]
    [InlineData("0.12499999999999999999", "0.12")]
    [InlineData("99.99499999999999999999", "99.99")]
    [InlineData("5.7e-14", "0.00")]
    [InlineData("2.5e0", "2.50")]
    public async Task A_decimal_is_rounded_as_it_is_written(string score, string stored)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(
            test.Write(
                "ENGAGEMENT_SCORE.jsonl",
                $"{{\"nested\":{{\"SCORE\":77.7}},\"USER_ID\":1,\"SCORE_DATE\":\"1998-06-01\",\"score\":{score}}}\n"));
        await test.ImportAsync(
            test.Write("ENGAGEMENT_SCORE.jsonl", $"{{\"USER_ID\":2,\"SCORE_DATE\":\"1998-06-01\",\"score\":{score}}}\n"));
        Assert.Equal(stored, (await test.RowsAsync("SELECT SCORE FROM DW_A.ENGAGEMENT_SCORE WHERE USER_ID = 2")).Single());
    }

    [Fact]
    public async Task Keys_are_trimmed_as_headers_are()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(
            test.Write("SUPPORT_CALLS.jsonl", "{\" USER_ID\":1,\"As_Of_Date \":\"1998-06-01\",\"\\tCALLS_LAST_30_DAYS\\u00a0\":3}\n"));
        Assert.Equal(["1|1998-06-01|3"], await test.CallsAsync());
        Assert.Empty(test.Reporter.Warnings);
    }

    [Theory]
    [InlineData("9007199254740993.0", "it was stored as a float, and digits of it are lost")]
    [InlineData("123456789012345678.0", "it was stored as a float, and digits of it are lost")]
    [InlineData("-9007199254740993.0", "it was stored as a float, and digits of it are lost")]
    [InlineData("1.577134800018227e+18", "it was stored as a float, and digits of it are lost")]
    [InlineData("1.23457E+11", "whoever wrote it has rounded it, and the digits after the first are lost")]
    [InlineData("1e11", "whoever wrote it has rounded it, and the digits after the first are lost")]
    public async Task A_number_that_lost_digits_is_rejected(string id, string reason)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("SUPPORT_CALLS.jsonl", $$"""
            {"USER_ID":{{id}},"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":3}
            {"USER_ID":9007199254740993,"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":3}
            {"USER_ID":5.0,"AS_OF_DATE":"1998-06-01","CALLS_LAST_30_DAYS":1e3}
            """));
        Assert.Equal([$"type|SUPPORT_CALLS.jsonl line 1: column USER_ID: the value is no BIGINT: {reason}"], await test.QuarantineAsync());
        Assert.Equal(["5|1998-06-01|1000", "9007199254740993|1998-06-01|3"], await test.CallsAsync());
    }

    [Theory]
    [InlineData("[{\"USER_ID\":1}]", "a JSON array")]
    [InlineData("\n [\n{\"USER_ID\":1},\n{\"USER_ID\":2}\n]\n", "a JSON array")]
    [InlineData("{\n  \"USER_ID\": 1\n}\n", "JSON laid out over several lines")]
    [InlineData("{ \"USER_ID\": 1,\n  \"AS_OF_DATE\": \"1998-06-01\" }\n{ \"USER_ID\": 1,\n", "JSON laid out over several lines")]
    public async Task Json_that_is_no_lines_is_refused_by_name(string content, string what)
    {
        await using var test = await TestWarehouse.CreateAsync();
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(test.Write("SUPPORT_CALLS.jsonl", content)));
        Assert.Equal("SourceFileUnreadable", error.ErrorId);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains("jq", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\uFEFF")]
    public async Task Nothing_is_no_row(string content)
    {
        await using var test = await TestWarehouse.CreateAsync();
        Assert.Equal(0, (await test.ImportAsync(test.Write("SUPPORT_CALLS.jsonl", content))).RowsRead);
    }

    [Fact]
    public async Task Lines_of_which_none_is_an_object_are_all_rejected()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var result = await test.ImportAsync(test.Write("SUPPORT_CALLS.jsonl", "USER_ID,AS_OF_DATE\n1,2\n"));
        Assert.Equal(["type SUPPORT_CALLS.jsonl line 1", "type SUPPORT_CALLS.jsonl line 2"], await test.PlacesAsync());
        Assert.Equal(2, result.RowsRead);
    }

    [Fact]
    public async Task A_required_key_that_no_line_has_is_refused()
    {
        await using var test = await TestWarehouse.CreateAsync();
        Assert.Equal(
            "SourceColumnMissing",
            await test.RefusedAsync(test.Write("SUPPORT_CALLS.jsonl", "{\"USER_ID\":1,\"AS_OF_DATE\":\"1998-06-01\"}\n")));
    }

    [Fact]
    public async Task Lines_of_a_large_file_are_exact()
    {
        const int Rows = 200_000;
        var bad = new[] { 2, 99_999, 150_001, 200_000 };
        await using var test = await TestWarehouse.CreateAsync();
        await test.ImportAsync(test.Write("SUPPORT_CALLS.jsonl", string.Concat(Enumerable.Range(1, Rows).Select(
            row => $"{{\"USER_ID\":{row},\"AS_OF_DATE\":\"1998-06-01\",\"CALLS_LAST_30_DAYS\":{(bad.Contains(row) ? "1.5" : "1")}}}\n"))));
        Assert.Equal(bad.Select(row => $"type SUPPORT_CALLS.jsonl line {row}"), await test.PlacesAsync(), StringComparer.Ordinal);
        Assert.Equal([$"{Rows - bad.Length}"], await test.RowsAsync("SELECT COUNT(*) FROM DW_B.SUPPORT_CALLS"));
    }

    private static string Engagement(string value) =>
        $"{{\"USER_ID\":1,\"ENGAGEMENT_TYPE\":{value},\"REPEAT_COUNT\":1,\"LAST_ENGAGED_AT\":\"1998-06-01\"}}\n";
}
