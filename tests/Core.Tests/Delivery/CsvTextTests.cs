using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>How values stand in CSV, character by character.</summary>
public sealed class CsvTextTests
{
    [Fact]
    public Task Texts_are_quoted_where_they_must_be() => AssertDeliveredAsync(
    [
        ("plain", "plain"),
        ("a,b", "\"a,b\""),
        ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("\"", "\"\"\"\""),
        ("one\ntwo", "\"one\ntwo\""),
        ("one\r\ntwo", "\"one\r\ntwo\""),
        ("one\rtwo", "\"one\rtwo\""),
        (" blanks ", " blanks "),
        ("Zoë Ångström 你好 😀", "Zoë Ångström 你好 😀"),
        ("back\\slash", "back\\slash"),
        ("semi;colon", "semi;colon"),
        ("O'Neill", "O'Neill"),
        (null, @"\N"),
        (@"\N", "\"\\N\""),
        ("", ""),
        ("NULL", "NULL"),
    ]);

    [Fact]
    public async Task The_token_for_null_is_never_a_text()
    {
        await AssertDeliveredAsync([(null, ""), ("", "\"\"")], token: "");
        await AssertDeliveredAsync([(null, "NULL"), ("NULL", "\"NULL\""), ("", "")], token: "NULL");
        await AssertDeliveredAsync([("0", "\"0\"")], token: "0");
    }

    [Fact]
    public Task Formulas_are_neutralized() => AssertDeliveredAsync(
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "\"'\rx\""),
        ("=\"a\",1", "\"'=\"\"a\"\",1\""),
        ("a=1", "a=1"),
        (" =1", " =1"),
        ("'=1", "'=1"),
        ("", ""),
        (null, @"\N"),
    ]);

    [Fact]
    public Task Formulas_stay_what_they_are_where_that_is_wanted() => AssertDeliveredAsync(
        [
            ("=1+1", "=1+1"),
            ("+1", "+1"),
            ("-1", "-1"),
            ("@SUM(A1)", "@SUM(A1)"),
            ("\tx", "\tx"),
            ("\rx", "\"\rx\""),
            ("=\"a\",1", "\"=\"\"a\"\",1\""),
            ("'=1", "'=1"),
        ],
        neutralize: false);

    [Fact]
    public async Task Other_values_are_as_ISO_8601_and_plain_numbers_have_them()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        scene.Consumer = scene.Consumer with
        {
            Columns = ["USER_ID", "PURCHASE_AMOUNT_TOTAL", "AVERAGE_RATING", "MARKETING_CONSENT",
            "SIGNED_UP_AT", "LAST_LOGIN_AT", "ENGAGEMENT_SCORE_DATE"]
        };
        await scene.SetAsync(
            "PURCHASE_AMOUNT_TOTAL = -1234567890123456.78, SIGNED_UP_AT = '1969-12-31 23:59:59.000001', LAST_LOGIN_AT = NULL",
            "USER_ID = 1");
        await scene.SetAsync("SIGNED_UP_AT = '2024-02-29', MARKETING_CONSENT = FALSE", "USER_ID = 2");

        Assert.Equal(
            """
            USER_ID,PURCHASE_AMOUNT_TOTAL,AVERAGE_RATING,MARKETING_CONSENT,SIGNED_UP_AT,LAST_LOGIN_AT,ENGAGEMENT_SCORE_DATE
            1,-1234567890123456.78,\N,true,1969-12-31T23:59:59.000001Z,\N,2024-03-02
            2,-1.50,4.25,false,2024-02-29T00:00:00.000000Z,2024-03-01T00:00:00.000000Z,2024-03-03

            """,
            await TextAsync(await scene.DeliverAsync()));
    }

    [Theory]
    [InlineData(FileFormat.Csv)]
    [InlineData(FileFormat.JsonLines)]
    [InlineData(FileFormat.Parquet)]
    public async Task Amounts_are_exact_in_every_format(FileFormat format)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 4);
        scene.Consumer = scene.Consumer with { Format = format };
        string[] amounts = ["9999999999999999.99", "-9999999999999999.99", "1234567890123456.78", "0.07"];
        foreach (var (index, amount) in amounts.Index())
            await scene.SetAsync($"PURCHASE_AMOUNT_TOTAL = {amount}", $"USER_ID = {index + 1}");
        var rows = await DeliveredRows.ReadAsync(scene.Test, await scene.DeliverAsync());

        Assert.Equal(amounts, rows.Select(row => row["PURCHASE_AMOUNT_TOTAL"]));
    }

    [Theory]
    [InlineData(FileFormat.JsonLines)]
    [InlineData(FileFormat.Parquet)]
    public async Task No_other_format_neutralizes(FileFormat format)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 1);
        scene.Consumer = scene.Consumer with { Format = format };
        await scene.SetAsync("FULL_NAME = '=1+1'");
        var result = await scene.DeliverAsync();

        Assert.Equal("=1+1", (await DeliveredRows.ReadAsync(scene.Test, result))[0]["FULL_NAME"]);
        Assert.False(DeliveryScene.ManifestOf(result).Settings.NeutralizeFormulas);
    }

    // Each user has one of the values as a name.
    private static async Task AssertDeliveredAsync(
        IReadOnlyList<(string? Value, string Expected)> names, string token = @"\N", bool neutralize = true)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: names.Count);
        scene.Consumer = scene.Consumer with { Columns = ["USER_ID", "FULL_NAME"], NullToken = token, NeutralizeFormulas = neutralize };
        await scene.SetTextsAsync("FULL_NAME", names.Index().ToDictionary(name => name.Index + 1, name => name.Item.Value));
        var result = await scene.DeliverAsync();

        Assert.Equal(
            "USER_ID,FULL_NAME\n" + string.Concat(names.Select((name, index) => $"{index + 1},{name.Expected}\n")),
            await TextAsync(result));
        Assert.Equal(
            names.Select(
                name => name.Value is { Length: > 0 } value && neutralize && "=+-@\t\r".Contains(value[0]) ? "'" + value : name.Value),
            (await DeliveredRows.ReadAsync(scene.Test, result)).Select(row => row["FULL_NAME"]));
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
    }

    private static Task<string> TextAsync(DeliveryResult result) =>
        File.ReadAllTextAsync(Path.Combine(DeliveryScene.FolderOf(result), "part-00001.csv"), TestWarehouse.Token);
}
