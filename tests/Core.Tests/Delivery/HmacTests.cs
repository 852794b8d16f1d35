using System.Security.Cryptography;
using System.Text;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>HMAC-SHA256 of personal data, against the vectors of RFC 4231 and against .NET's own.</summary>
public sealed class HmacTests
{
    // Key and data in hexadecimal; the last two keys are longer than a block. Of the fifth the RFC gives the first half.
    [Theory]
    [InlineData(
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    [InlineData(
        "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData(
        "aa*20", "dd*50", "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")]
    [InlineData(
        "0102030405060708090a0b0c0d0e0f10111213141516171819", "cd*50",
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")]
    [InlineData("0c*20", "546573742057697468205472756e636174696f6e", "a3b6167473100ee06e0c796c2955552b")]
    [InlineData(
        "aa*131", "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")]
    [InlineData(
        "aa*131",
        "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b657920616e642061206c61726765722074"
        + "68616e20626c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e6720757365"
        + "642062792074686520484d414320616c676f726974686d2e",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2")]
    public async Task The_vectors_of_RFC_4231_come_out(string key, string data, string code)
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        var pads = HmacPads.Of(Bytes(key));

        var made = await test.RowsAsync($"SELECT {DuckDbDialect.HmacOfBytes(Blob(pads.Inner), Blob(pads.Outer), Blob(Bytes(data)))}");

        Assert.StartsWith(code, Assert.Single(made), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LOYALTY_TEST_HMAC_SHORT", "Jefe")]
    [InlineData("LOYALTY_TEST_HMAC_WIDE", "Geheimnis-Ω-4711")]
    [InlineData("LOYALTY_TEST_HMAC_LONG", "a secret that is longer than the sixty-four bytes of a block of SHA-256, and so is hashed")]
    public async Task What_is_delivered_is_the_code_of_the_value(string variable, string secret)
    {
        await using var scene = await SceneAsync(variable, secret);
        string?[] values = ["what do ya want for nothing?", "  A@Example.COM ", null, "", " ", "é@x", "\tÄ\n"];
        foreach (var column in new[] { "EMAIL", "FULL_NAME", "PHONE" })
            await scene.SetTextsAsync(column, values.Index().ToDictionary(value => value.Index + 1, value => value.Item));
        var result = await scene.DeliverAsync();
        var rows = await DeliveredRows.ReadAsync(scene.Test, result);

        foreach (var column in new[] { "EMAIL", "FULL_NAME", "PHONE" })
            Assert.Equal(values.Select(value => Code(secret, value)), rows.Select(row => row[column]));
        var manifest = DeliveryScene.ManifestOf(result);
        Assert.True(manifest.Settings.Salted);
        Assert.Equal(RedactionMethod.Hmac, manifest.Columns.Single(column => column.Name == "EMAIL").Redaction);
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
    }

    [Fact]
    public async Task A_Diff_sends_what_has_another_code()
    {
        const string Variable = "LOYALTY_TEST_HMAC_DIFF";
        await using var scene = await SceneAsync(Variable, "one");
        await scene.DeliverAsync(DeliveryMode.Diff);
        // The same value otherwise written, and another.
        await scene.SetAsync("EMAIL = UPPER(EMAIL)", "USER_ID = 1");
        await scene.SetAsync("EMAIL = 'x' || EMAIL", "USER_ID = 2");
        await scene.WriteDayAsync(1);
        var diff = await scene.DeliverAsync(DeliveryMode.Diff);
        Assert.Equal((0L, 1L), (diff.Added, diff.Changed));

        // Another secret, and the same text as a salt, change every row.
        Environment.SetEnvironmentVariable(Variable, "two");
        Assert.Equal(7, (await scene.DeliverAsync(DeliveryMode.Diff)).Changed);
        scene.Consumer = scene.Consumer with
        {
            Redaction = new RedactionPolicy(RedactionMethod.Sha256, RedactionMethod.Sha256, RedactionMethod.Sha256, Variable),
        };
        Assert.Equal(7, (await scene.DeliverAsync(DeliveryMode.Diff)).Changed);
    }

    [Fact]
    public async Task The_secret_and_what_is_made_of_it_stand_in_no_statement()
    {
        const string Secret = "secret-that-nobody-may-read";
        await using var scene = await SceneAsync("LOYALTY_TEST_HMAC_SEEN", Secret);
        var statements = new List<string>();
        var observed = new ObservedWarehouse(scene.Test.Warehouse, sql =>
        {
            lock (statements)
                statements.Add(sql);
        });
        await new DeliveryRunner(scene.Test.Pipeline).DeliverAsync(
            observed, new DeliveryOptions(scene.Consumer, DeliveryMode.Full), scene.Test.Reporter, TestWarehouse.Token);

        var pads = HmacPads.Of(Secret);
        var seen = string.Join('\n', statements);
        Assert.Contains("INNER_PAD", seen, StringComparison.Ordinal);
        foreach (var text in new[] { Secret, Convert.ToHexString(pads.Inner), Convert.ToHexString(pads.Outer) })
            Assert.DoesNotContain(text, seen, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_a_secret_or_on_an_engine_without_it_it_is_refused()
    {
        await using var scene = await SceneAsync("LOYALTY_TEST_HMAC_NONE", string.Empty);
        Assert.Contains("LOYALTY_TEST_HMAC_NONE", (await scene.RefusedAsync("SaltMissing")).Message, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable("LOYALTY_TEST_HMAC_NONE", "there");
        await using var session = await scene.Test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        var shape = (await SchemaReader.RequireInitializedAsync(session, TestWarehouse.Token))["LOYALTY.MASTER"];

        var error = Assert.Throws<LoyaltyException>(
            () => DeliveryForm.Create(scene.Consumer, scene.Test.Pipeline.Catalog.Master, shape, SnowflakeDialect.Instance));
        Assert.Equal("DeliveryInvalid", error.ErrorId);
        Assert.Contains("Snowflake makes no HMAC, which EMAIL for Crm is redacted by", error.Message, StringComparison.Ordinal);

        scene.Consumer = scene.Consumer with { Redaction = scene.Consumer.Redaction with { SaltVariable = null } };
        Assert.Contains("needs a secret", (await scene.RefusedAsync("DeliveryInvalid")).Message, StringComparison.Ordinal);
    }

    private static async Task<DeliveryScene> SceneAsync(string variable, string secret)
    {
        Environment.SetEnvironmentVariable(variable, secret);
        var scene = await DeliveryScene.CreateAsync(users: 7);
        scene.Consumer = scene.Consumer with
        {
            Redaction = new RedactionPolicy(RedactionMethod.Hmac, RedactionMethod.Hmac, RedactionMethod.Hmac, variable),
        };
        return scene;
    }

    private static string? Code(string secret, string? value) => value is null
        ? null
        : Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(value.Trim(' ').ToLowerInvariant())));

    private static string Blob(byte[] bytes) => $"UNHEX('{Convert.ToHexString(bytes)}')";

    private static byte[] Bytes(string text) => text.Split('*') is [var one, var times]
        ? [.. Enumerable.Repeat(Convert.FromHexString(one)[0], int.Parse(times, null))]
        : Convert.FromHexString(text);
}
