using System.Security.Cryptography;
using System.Text;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Hashes that platforms for advertising find people by: the examples that they publish, and a second implementation.</summary>
public sealed class UploadFormTests
{
    private const string Email = "EMAIL";
    private const string Name = "FULL_NAME";
    private const string Phone = "PHONE";

    public static TheoryData<string> Engines => EngineWarehouse.All;

    private static readonly string[] Columns = [Email, Name, Phone];

    private static readonly string?[] Addresses =
    [
        null, "", "  A.B@Gmail.com ", "a . b@gmail.com", "a.b+x+y@GoogleMail.com", "a.b+x@gmail.com.example", "a.b+x@example.com",
        "gmail.com",
        "@gmail.com", "+@gmail.com", "\tÄ.Ö@x.de\r\n", "\u00A0a@x\u3000", "a.b@gmail.com@x", "O'Neill\\@x",
    ];

    private static readonly string?[] Names =
    [
        null, "", "  Mary ", "Jean-Luc  O’Neill, Jr.", "ÅSA (née Öberg)", "\t“Al” _x_ \n", "정", "a\\b", "...", "d'Arc", "A&B",
        "\u00A0Zoë\u3000",
        "100 %", "x^y~z|`",
    ];

    [Theory]
    [InlineData(HashingRules.Google, Email, "cloudy.sanfrancisco+shopping@gmail.com", "cloudysanfrancisco@gmail.com", null)]
    [InlineData(HashingRules.Google, Email, "user.name+NYC@Example.com", "user.name+nyc@example.com", null)]
    [InlineData(HashingRules.Google, Phone, "(800)555-0100", "+18005550100", null)]
    [InlineData(
        HashingRules.Meta, Email, "John_Smith@gmail.com", "john_smith@gmail.com",
        "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f")]
    [InlineData(
        HashingRules.Meta, Phone, "(650)555-1212", "16505551212", "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176")]
    [InlineData(HashingRules.Meta, Name, "Mary", "mary", "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec")]
    [InlineData(HashingRules.Meta, Name, "정", "정", "8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14")]
    [InlineData(HashingRules.Meta, Name, "Valéry", "valéry", "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c")]
    public async Task What_the_platforms_publish_comes_out(
        HashingRules rules, string column, string value, string normalized, string? published)
    {
        await using var scene = await SceneAsync(rules, users: 1);
        await scene.SetTextsAsync(column, new Dictionary<int, string?> { [1] = value });

        var row = Assert.Single(await DeliveredRows.ReadAsync(scene.Test, await scene.DeliverAsync()));
        Assert.Equal(Hash(normalized), row[column]);
        Assert.Equal(published ?? row[column], row[column]);
    }

    [Theory]
    [InlineData(HashingRules.Google)]
    [InlineData(HashingRules.Meta)]
    public async Task Every_value_is_made_into_what_the_rules_say(HashingRules rules)
    {
        await using var scene = await SceneAsync(rules, users: Addresses.Length);
        await scene.SetTextsAsync(Email, Addresses.Index().ToDictionary(value => value.Index + 1, value => value.Item));
        await scene.SetTextsAsync(Name, Names.Index().ToDictionary(value => value.Index + 1, value => value.Item));
        await scene.SetTextsAsync(
            Phone, new Dictionary<int, string?> { [1] = "650 253 0000", [2] = "+49 (0)30 901820", [3] = "none", [4] = null });
        var result = await scene.DeliverAsync();

        var rows = await DeliveredRows.ReadAsync(scene.Test, result);
        Assert.Equal(Addresses.Select(value => Hash(AddressOf(rules, value))), rows.Select(row => row[Email]));
        Assert.Equal(Names.Select(value => Hash(NameOf(rules, value))), rows.Select(row => row[Name]));
        var sign = rules == HashingRules.Google ? "+" : string.Empty;
        Assert.Equal(
            [Hash($"{sign}16502530000"), Hash($"{sign}4930901820"), null, null], rows.Take(4).Select(row => row[Phone]));
        Assert.Contains(
            scene.Warnings, warning => warning.Contains("have a telephone number that cannot be read", StringComparison.Ordinal));
        var settings = DeliveryScene.ManifestOf(result).Settings;
        Assert.Equal((rules, "US", false), (settings.Hashing, settings.DefaultRegion, settings.Salted));
        Assert.Empty(await scene.FailuresAsync(result.Manifest));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Every_engine_makes_the_same_of_addresses_and_names(string engine)
    {
        await using var test = await EngineWarehouse.CreateAsync(engine);
        await using var session = await test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        foreach (var rules in Enum.GetValues<HashingRules>())
        {
            foreach (var value in Addresses)
                Assert.Equal(Hash(AddressOf(rules, value)), await RedactAsync(session, rules, PersonalData.Email, value));
            foreach (var value in Names)
                Assert.Equal(Hash(NameOf(rules, value)), await RedactAsync(session, rules, PersonalData.Name, value));
        }
    }

    [Fact]
    public async Task Another_spelling_of_the_same_is_no_change_and_other_rules_change_everybody()
    {
        await using var scene = await SceneAsync(HashingRules.Google, users: 3);
        await scene.SetAsync("EMAIL = 'Jane.Doe@Gmail.com', PHONE = '650 253 0000'", "USER_ID = 1");
        await scene.WriteDayAsync(1);
        var first = await scene.DeliverAsync(DeliveryMode.Diff);
        await scene.SetAsync("EMAIL = 'janedoe+shop@gmail.com', PHONE = '+1 (650) 253-0000'", "USER_ID = 1");
        await scene.SetAsync("EMAIL = 'other@example.com'", "USER_ID = 2");
        await scene.WriteDayAsync(2);
        var diff = await scene.DeliverAsync(DeliveryMode.Diff);
        Assert.Equal((0L, 1L), (diff.Added, diff.Changed));

        var google = await scene.DeliverAsync();
        foreach (var other in new HashingRules?[] { HashingRules.Meta, null })
        {
            scene.Consumer = scene.Consumer with { Redaction = scene.Consumer.Redaction with { Hashing = other } };
            Assert.Equal(3, (await scene.DeliverAsync(DeliveryMode.Diff, planOnly: true)).Changed);
            Assert.NotEqual(google.DeliveryId, (await scene.DeliverAsync(planOnly: true)).DeliveryId);
        }

        Assert.NotEqual(first.DeliveryId, google.DeliveryId);
    }

    [Fact]
    public async Task A_setting_that_changes_nothing_makes_no_other_delivery()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        var before = await scene.DeliverAsync();
        scene.Consumer = scene.Consumer with
        {
            Redaction = scene.Consumer.Redaction with { Hashing = HashingRules.Google, DefaultRegion = "DE" },
        };

        var after = await scene.DeliverAsync();
        Assert.Equal((before.DeliveryId, DeliveryOutcome.AlreadyThere), (after.DeliveryId, after.Outcome));
    }

    private static async Task<string?> RedactAsync(IWarehouseSession session, HashingRules rules, PersonalData kind, string? value)
    {
        var column = new ColumnRedaction(session.Dialect, RedactionMethod.Sha256, kind, "m.V") { Hashing = rules };
        var rows = await session.ListAsync(
            $"SELECT {column.Redacted} FROM (SELECT CAST(? AS VARCHAR) AS V) AS m", [value], row => row.TextAt(0), TestWarehouse.Token);
        return Assert.Single(rows);
    }

    private static async Task<DeliveryScene> SceneAsync(HashingRules rules, int users)
    {
        var scene = await DeliveryScene.CreateAsync(users);
        scene.Consumer = scene.Consumer with
        {
            Columns = ["USER_ID", .. Columns],
            Redaction = new RedactionPolicy(
                RedactionMethod.Sha256, RedactionMethod.Sha256, RedactionMethod.Sha256, Hashing: rules, DefaultRegion: "US"),
        };
        return scene;
    }

    private static string? Hash(string? value) =>
        value is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    private static string? AddressOf(HashingRules rules, string? value)
    {
        if (value is null || rules == HashingRules.Meta)
            return value?.Trim().ToLowerInvariant();
        var address = string.Concat(value.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant();
        var parts = address.Split('@');
        return parts.Length > 1 && parts[1] is "gmail.com" or "googlemail.com"
            ? string.Join('@', [parts[0].Split('+')[0].Replace(".", string.Empty, StringComparison.Ordinal), .. parts[1..]])
            : address;
    }

    private static string? NameOf(HashingRules rules, string? value) => rules == HashingRules.Google
        ? value?.Trim().ToLowerInvariant()
        : value is null ? null : string.Concat(
            value.Where(letter => !char.IsPunctuation(letter) && (letter > '~' || !char.IsSymbol(letter)))).ToLowerInvariant().Trim();
}
