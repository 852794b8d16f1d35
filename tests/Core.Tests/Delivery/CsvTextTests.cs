using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>How values stand in CSV, character by character.</summary>
public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("one\ntwo", "\"one\ntwo\"")]
    [InlineData("one\r\ntwo", "\"one\r\ntwo\"")]
    [InlineData("one\rtwo", "\"one\rtwo\"")]
    [InlineData(" blanks ", " blanks ")]
    [InlineData("Zoë Ångström 你好 😀", "Zoë Ångström 你好 😀")]
    [InlineData("back\\slash", "back\\slash")]
    [InlineData("semi;colon", "semi;colon")]
    [InlineData("O'Neill", "O'Neill")]
    [InlineData(null, @"\N")]
    [InlineData(@"\N", "\"\\N\"")]
    [InlineData("", "")]
    [InlineData("NULL", "NULL")]
    public async Task Texts_are_quoted_where_they_must_be(string? value, string expected) => Assert.Equal(expected, await DeliverNameAsync(value));

    [Theory]
    [InlineData("", null, "")]
    [InlineData("", "", "\"\"")]
    [InlineData("NULL", null, "NULL")]
    [InlineData("NULL", "NULL", "\"NULL\"")]
    [InlineData("NULL", "", "")]
    [InlineData("0", "0", "\"0\"")]
    public async Task The_token_for_null_is_never_a_text(string token, string? value, string expected) => Assert.Equal(expected, await DeliverNameAsync(value, token));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=\"a\",1", "\"'=\"\"a\"\",1\"")]
    [InlineData("a=1", "a=1")]
    [InlineData(" =1", " =1")]
    [InlineData("'=1", "'=1")]
    [InlineData("", "")]
    [InlineData(null, @"\N")]
    public async Task Formulas_are_neutralized_unless_told_otherwise(string? value, string expected)
    {
        Assert.Equal(expected, await DeliverNameAsync(value));
        var plain = value is not null && expected.StartsWith('\'') && value.StartsWith('\'') ? expected : expected.Replace("'", string.Empty, StringComparison.Ordinal);
        Assert.Equal(value?.StartsWith('\'') == true ? expected : plain, await DeliverNameAsync(value, neutralize: false));
    }

    [Fact]
    public async Task Other_values_are_as_ISO_8601_and_plain_numbers_have_them()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        scene.Consumer = scene.Consumer with { Columns = ["USER_ID", "PURCHASE_AMOUNT_TOTAL", "AVERAGE_RATING", "MARKETING_CONSENT", "SIGNED_UP_AT", "LAST_LOGIN_AT", "ENGAGEMENT_SCORE_DATE"] };
        await scene.SetAsync("PURCHASE_AMOUNT_TOTAL = -1234567890123456.78, SIGNED_UP_AT = '1969-12-31 23:59:59.000001', LAST_LOGIN_AT = NULL", "USER_ID = 1");
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
    [InlineData(DeliveryFormat.Csv)]
    [InlineData(DeliveryFormat.JsonLines)]
    [InlineData(DeliveryFormat.Parquet)]
    public async Task Amounts_are_exact_in_every_format(DeliveryFormat format)
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
    [InlineData(DeliveryFormat.JsonLines)]
    [InlineData(DeliveryFormat.Parquet)]
    public async Task No_other_format_neutralizes(DeliveryFormat format)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 1);
        scene.Consumer = scene.Consumer with { Format = format };
        await scene.SetAsync("FULL_NAME = '=1+1'");
        var result = await scene.DeliverAsync();

        Assert.Equal("=1+1", (await DeliveredRows.ReadAsync(scene.Test, result))[0]["FULL_NAME"]);
        Assert.False(DeliveryScene.ManifestOf(result).Settings.NeutralizeFormulas);
    }

    private static async Task<string> DeliverNameAsync(string? value, string token = @"\N", bool neutralize = true)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 1);
        scene.Consumer = scene.Consumer with { Columns = ["USER_ID", "FULL_NAME"], NullToken = token, NeutralizeFormulas = neutralize };
        await scene.SetTextsAsync("FULL_NAME", new Dictionary<int, string?> { [1] = value });
        var result = await scene.DeliverAsync();

        Assert.Equal(value is null ? null : value.Length > 0 && neutralize && "=+-@\t\r".Contains(value[0]) ? "'" + value : value, (await DeliveredRows.ReadAsync(scene.Test, result))[0]["FULL_NAME"]);
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
        var text = await TextAsync(result);
        Assert.StartsWith("USER_ID,FULL_NAME\n1,", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text["USER_ID,FULL_NAME\n1,".Length..^1];
    }

    private static Task<string> TextAsync(DeliveryResult result) => File.ReadAllTextAsync(Path.Combine(DeliveryScene.FolderOf(result), "part-00001.csv"), TestWarehouse.Token);
}
