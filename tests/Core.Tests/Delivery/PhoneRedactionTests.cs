using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Telephone numbers that are delivered as E.164.</summary>
public sealed class PhoneRedactionTests
{
    private static readonly (string? Value, string? German, string? None)[] Numbers =
    [
        ("030 901820", "+4930901820", null),
        ("(030) 90-18.20", "+4930901820", null),
        ("+49 (0)30 901820", "+4930901820", "+4930901820"),
        ("0049 30 901820", "+4930901820", null),
        (" +1 650-253-0000 ", "+16502530000", "+16502530000"),
        ("+44 20 7031 3000 ext. 7", "+442070313000", "+442070313000"),
        ("12", null, null),
        ("call me", null, null),
        ("+999 12345678", null, null),
        ("", null, null),
        (null, null, null),
    ];

    [Theory]
    [InlineData(FileFormat.Csv)]
    [InlineData(FileFormat.Parquet)]
    public async Task A_number_is_delivered_as_E164_and_what_is_none_as_NULL(FileFormat format)
    {
        await using var scene = await SceneAsync("DE");
        scene.Consumer = scene.Consumer with { Format = format };
        var result = await scene.DeliverAsync();

        var rows = await DeliveredRows.ReadAsync(scene.Test, result);
        Assert.Equal(Numbers.Select(number => number.German), rows.Select(row => row["PHONE"]));
        Assert.Contains(
            scene.Warnings,
            warning => warning.Contains("Of 11 users for Crm, 4 have a telephone number that cannot be read", StringComparison.Ordinal)
                && warning.Contains("those of DE", StringComparison.Ordinal));
        var manifest = DeliveryScene.ManifestOf(result);
        Assert.Equal(RedactionMethod.E164, manifest.Columns.Single(column => column.Name == "PHONE").Redaction);
        Assert.Equal("DE", manifest.Settings.DefaultRegion);
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
    }

    [Fact]
    public async Task Without_a_region_only_numbers_that_say_theirs_are_read()
    {
        await using var scene = await SceneAsync(null);
        var planned = await scene.DeliverAsync(planOnly: true);
        Assert.True(planned.Bytes > 0);
        Assert.Contains(
            scene.Warnings,
            warning => warning.Contains("7 have a telephone number that cannot be read", StringComparison.Ordinal)
                && warning.Contains("'default_region'", StringComparison.Ordinal));

        var rows = await DeliveredRows.ReadAsync(scene.Test, await scene.DeliverAsync());
        Assert.Equal(Numbers.Select(number => number.None), rows.Select(row => row["PHONE"]));
    }

    [Fact]
    public async Task Only_those_who_are_sent_are_counted()
    {
        await using var scene = await SceneAsync("DE");
        await scene.SuppressAsync(7, 8);
        await scene.DeliverAsync();
        Assert.Contains(scene.Warnings, warning => warning.Contains("Of 9 users for Crm, 2 have", StringComparison.Ordinal));

        await scene.SetAsync("PHONE = '030 901820'");
        var before = scene.Warnings.Count(warning => warning.Contains("telephone", StringComparison.Ordinal));
        await scene.WriteDayAsync(1);
        await scene.DeliverAsync();
        Assert.Equal(before, scene.Warnings.Count(warning => warning.Contains("telephone", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_country_of_the_row_goes_before_that_of_the_consumer()
    {
        await using var scene = await SceneAsync("DE");
        await scene.RunAsync("ALTER TABLE LOYALTY.MASTER ADD COLUMN COUNTRY VARCHAR", "UPDATE LOYALTY.MASTER SET PHONE = '020 7031 3000'");
        string?[] countries = ["GB", "gb", " us ", null, "", "Germany"];
        await scene.SetTextsAsync("COUNTRY", countries.Index().ToDictionary(country => country.Index + 1, country => country.Item));

        var rows = await DeliveredRows.ReadAsync(scene.Test, await scene.DeliverAsync());
        Assert.Equal(
            ["+442070313000", "+442070313000", null, "+492070313000", "+492070313000", "+492070313000"],
            rows.Take(6).Select(row => row["PHONE"]));
    }

    [Fact]
    public async Task A_Diff_sends_who_has_another_number_and_everybody_when_the_region_changes()
    {
        await using var scene = await SceneAsync("DE");
        await scene.DeliverAsync(DeliveryMode.Diff);
        await scene.SetAsync("PHONE = '+49 30 901820'", "USER_ID = 1");
        await scene.SetAsync("PHONE = '030 901821'", "USER_ID = 2");
        await scene.WriteDayAsync(1);
        var diff = await scene.DeliverAsync(DeliveryMode.Diff);
        Assert.Equal((0L, 1L), (diff.Added, diff.Changed));
        Assert.Equal("+4930901821", Assert.Single(await DeliveredRows.ReadAsync(scene.Test, diff))["PHONE"]);

        scene.Consumer = scene.Consumer with { Redaction = scene.Consumer.Redaction with { DefaultRegion = "AT" } };
        Assert.Equal(11, (await scene.DeliverAsync(DeliveryMode.Diff)).Changed);
        // An earlier day, whose rows are read from History.
        Assert.Equal(11, (await scene.DeliverAsync(daysLater: 0)).Rows);
    }

    [Fact]
    public async Task An_engine_that_cannot_read_numbers_says_what_to_do()
    {
        await using var scene = await SceneAsync("DE");
        await using var session = await scene.Test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        var shape = (await SchemaReader.RequireInitializedAsync(session, TestWarehouse.Token))["LOYALTY.MASTER"];
        foreach (var redaction in new[] { scene.Consumer.Redaction,
            DeliveryScene.KeepAll with { Phone = RedactionMethod.Sha256, Hashing = HashingRules.Meta } })
        {
            var error = Assert.Throws<LoyaltyException>(() => DeliveryForm.Create(
                scene.Consumer with { Redaction = redaction }, scene.Test.Pipeline.Catalog.Master, shape, SnowflakeDialect.Instance));
            Assert.Equal("DeliveryInvalid", error.ErrorId);
            Assert.Contains(
                "Snowflake cannot read telephone numbers, which PHONE for Crm is redacted by", error.Message, StringComparison.Ordinal);
            Assert.Contains("Deliver Crm from a warehouse on DuckDB, or give PHONE another method", error.Remedy, StringComparison.Ordinal);
        }
    }

    private static async Task<DeliveryScene> SceneAsync(string? region)
    {
        var scene = await DeliveryScene.CreateAsync(users: Numbers.Length);
        await scene.SetTextsAsync("PHONE", Numbers.Index().ToDictionary(number => number.Index + 1, number => number.Item.Value));
        scene.Consumer = scene.Consumer with
        {
            Redaction = DeliveryScene.KeepAll with
            {
                Phone = RedactionMethod.E164,
                DefaultRegion = region,
            },
        };
        return scene;
    }
}
