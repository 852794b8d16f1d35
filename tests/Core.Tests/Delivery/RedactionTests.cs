using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Personal data on its way out, against a second, plain implementation.</summary>
public sealed partial class RedactionTests
{
    private const string Salt = "salt-Ω-4711";
    private const int Values = 200;

    // Letters of one, two, three and four bytes, upper and lower case, and whatever else addresses, names and numbers are made of.
    private static readonly Gen<string> Text = Gen.OneOf<string>(
            "a", "Z", "é", "É", "Ω", "ß", "Ж", "你", "😀", "𐐀", "@", "@", ".", " ", " ", "0", "+", "-", "'", "\"", ",", "\\", "\t", "\n",
            "example.COM")
        .Array[0, 8].Select(string.Concat);

    private static readonly string[] Columns = ["EMAIL", "FULL_NAME", "PHONE"];

    public static TheoryData<RedactionMethod, FileFormat> Methods => new MatrixTheoryData<RedactionMethod, FileFormat>(
        // HMAC and E.164 have tests of their own.
        Enum.GetValues<RedactionMethod>().Except([RedactionMethod.Drop, RedactionMethod.Hmac, RedactionMethod.E164]),
        [FileFormat.Csv, FileFormat.Parquet]);

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Every_method_gives_what_it_should_for_every_class(RedactionMethod method, FileFormat format)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: Values);
        scene.Consumer = scene.Consumer with
        {
            Format = format,
            NeutralizeFormulas = false,
            Redaction = new RedactionPolicy(method, method, method),
        };
        await Gen.Select(Texts(), Texts(), Texts()).SampleAsync(
            async (emails, names, phones) =>
            {
                var columns = new[] { emails, names, phones };
                foreach (var (index, column) in Columns.Index())
                    await scene.SetTextsAsync(column, columns[index].Index().ToDictionary(value => value.Index + 1, value => value.Item));
                await scene.WriteDayAsync();
                var rows = await DeliveredRows.ReadAsync(scene.Test, await scene.DeliverAsync());
                foreach (var (index, column) in Columns.Index())
                    Assert.Equal(
                        columns[index].Select(value => Expected(method, column, value, salt: string.Empty)),
                        rows.Select(row => row[column]));
            },
            iter: TestDepth.Of(fast: 1, full: 20),
            threads: 1);
    }

    [Fact]
    public async Task Hashes_are_salted()
    {
        await using var scene = await SaltedAsync("LOYALTY_TEST_SALTED");
        string?[] values = ["  A@Example.COM ", null, "", " ", "é@x"];
        await scene.SetTextsAsync("EMAIL", values.Index().ToDictionary(value => value.Index + 1, value => value.Item));
        var result = await scene.DeliverAsync();
        var rows = await DeliveredRows.ReadAsync(scene.Test, result);

        Assert.Equal(values.Select(value => Expected(RedactionMethod.Sha256, "EMAIL", value, Salt)), rows.Select(row => row["EMAIL"]));
        Assert.True(DeliveryScene.ManifestOf(result).Settings.Salted);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Salt + "a@example.com"))), rows[0]["EMAIL"]);
    }

    [Fact]
    public async Task A_receiver_makes_the_same_hash_by_what_the_topic_says()
    {
        var topic = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "module", "en-US", "about_LoyaltyDelivery.help.txt"), TestWarehouse.Token);
        var examples = Example().Matches(topic).Select(match => (Value: match.Groups["value"].Value, Hashed: match.Groups["hashed"].Value))
            .ToList();
        Assert.Equal(6, examples.Count);
        // What the steps say besides: blanks that are no spaces, and letters that are not normalized.
        examples.AddRange(
            [("\tA\u00A0", "\ta\u00A0"), (" \u3000B\n ", "\u3000b\n"), (" E\u0301  É ", "e\u0301  é"), ("\u212A\u2126Å", "kωå"),
                ("𐐀Ⅷ", "𐐨ⅷ")]);
        await using var scene = await DeliveryScene.CreateAsync(users: examples.Count);
        scene.Consumer = scene.Consumer with { Redaction = DeliveryScene.KeepAll with { Email = RedactionMethod.Sha256 } };
        await scene.SetTextsAsync(
            "EMAIL", examples.Index().ToDictionary(example => example.Index + 1, example => (string?)example.Item.Value));

        var rows = await DeliveredRows.ReadAsync(scene.Test, await scene.DeliverAsync());

        Assert.Equal(
            examples.Select(example => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(example.Hashed)))),
            rows.Select(row => row["EMAIL"]));
    }

    [Fact]
    public async Task Every_letter_is_put_in_lower_case_by_itself_and_into_one()
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);

        var lowered = await test.RowsAsync(
            "SELECT i, LOWER(CHR(CAST(i AS INTEGER))) FROM range(128, 131072) AS r(i) WHERE i NOT BETWEEN 55296 AND 57343 AND LOWER(CHR(CAST(i AS INTEGER))) <> CHR(CAST(i AS INTEGER)) ORDER BY i");

        Assert.All(
            lowered, row => Assert.Equal(row, $"{row.Split('|')[0]}|{Simple(int.Parse(row.Split('|')[0], CultureInfo.InvariantCulture))}"));
        Assert.InRange(lowered.Count, 1300, 2000);

        // .NET leaves the one letter as it is of which some languages make another; Unicode's simple mapping does not.
        static string Simple(int letter) => letter == 'İ' ? "i" : Rune.ToLowerInvariant(new Rune(letter)).ToString();
    }

    [Fact]
    public async Task What_is_dropped_is_no_column()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        scene.Consumer = scene.Consumer with
        {
            Columns = ["USER_ID", "*"],
            Redaction = new RedactionPolicy(RedactionMethod.Drop, RedactionMethod.Drop, RedactionMethod.Mask),
        };
        var result = await scene.DeliverAsync();

        Assert.Empty(scene.Warnings);
        var columns = DeliveryScene.ManifestOf(result).Columns;
        Assert.Equal(
            scene.Test.Pipeline.Catalog.Master.Columns.Select(column => column.Name).Except(["EMAIL", "FULL_NAME"]),
            columns.Select(column => column.Name));
        Assert.Equal(
            (RedactionMethod.Mask, RedactionMethod.Keep),
            (columns.Single(column => column.Name == "PHONE").Redaction, columns.Single(column => column.Name == "REGION_CODE").Redaction));
        Assert.DoesNotContain(
            "example.com", await File.ReadAllTextAsync(Path.Combine(DeliveryScene.FolderOf(result), "part-00001.csv"), TestWarehouse.Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_names_what_is_dropped_is_told()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        scene.Consumer = scene.Consumer with { Columns = ["USER_ID", "full_name", "E*"], Redaction = new RedactionPolicy() };

        var result = await scene.DeliverAsync();

        Assert.DoesNotContain("FULL_NAME", DeliveryScene.ManifestOf(result).Columns.Select(column => column.Name));
        Assert.Equal(
            $"FULL_NAME is named among the columns of {scene.Consumer.Name} and is not delivered: the consumer's redaction drops it.",
            Assert.Single(scene.Warnings));
    }

    [Fact]
    public async Task Without_a_word_nothing_that_names_a_person_leaves()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        scene.Consumer = scene.Consumer with { Redaction = new RedactionPolicy() };
        var result = await scene.DeliverAsync();

        var text = await File.ReadAllTextAsync(Path.Combine(DeliveryScene.FolderOf(result), "part-00001.csv"), TestWarehouse.Token);
        foreach (var personal in new[] { "@", "User ", "032", "FULL_NAME" })
            Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
        Assert.Equal(
            Expected(RedactionMethod.Sha256, "EMAIL", "u1@example.com", string.Empty),
            (await DeliveredRows.ReadAsync(scene.Test, result))[0]["EMAIL"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_salt_that_is_not_set_stops_the_delivery(string? value)
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        Environment.SetEnvironmentVariable("LOYALTY_TEST_NO_SALT", value);
        scene.Consumer = scene.Consumer with
        {
            Redaction = DeliveryScene.KeepAll with
            {
                Email = RedactionMethod.Sha256,
                SaltVariable = "LOYALTY_TEST_NO_SALT",
            }
        };

        var error = await scene.RefusedAsync("SaltMissing");
        Assert.Contains("LOYALTY_TEST_NO_SALT", error.Message, StringComparison.Ordinal);
        // Where nothing is hashed, none is needed.
        scene.Consumer = scene.Consumer with { Redaction = scene.Consumer.Redaction with { Email = RedactionMethod.Mask } };
        Assert.Equal(2, (await scene.DeliverAsync()).Rows);
    }

    [Fact]
    public async Task The_salt_is_seen_nowhere()
    {
        await using var scene = await SaltedAsync("LOYALTY_TEST_SEEN_SALT");
        await scene.DeliverAsync(planOnly: true);
        await scene.DeliverAsync(DeliveryMode.Diff);
        await scene.SetAsync("EMAIL = 'x' || EMAIL");
        await scene.DeliverAsync();
        // A value that cannot be read as a column's type makes the engine speak of the statement.
        await scene.RunAsync(
            "ALTER TABLE LOYALTY.MASTER ALTER SIGNED_UP_AT TYPE VARCHAR", "UPDATE LOYALTY.MASTER SET SIGNED_UP_AT = 'never'");
        scene.Consumer = scene.Consumer with { Format = FileFormat.Parquet };
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.DeliverAsync());

        var seen = string.Join(
            '\n',
            [error.ToString(), .. scene.Reported,
                await scene.StateAsync("RUN", "RUN_STEP", "DELIVERY", "DELIVERY_FILE", "DELIVERED_MEMBER")]);
        foreach (var file in Directory.GetFiles(scene.Destination, "*", SearchOption.AllDirectories))
            seen += await File.ReadAllTextAsync(file, TestWarehouse.Token);
        Assert.DoesNotContain(Salt, seen, StringComparison.Ordinal);
        Assert.Contains("Deliver", seen, StringComparison.Ordinal);
    }

    [GeneratedRegex(
        "^ +'(?<value>[^']+)' +becomes +'(?<hashed>[^']+)'", RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();

    private static Gen<string?[]> Texts() => Gen.OneOf(Text.Select(text => (string?)text), Gen.Const((string?)null)).Array[Values];

    private static async Task<DeliveryScene> SaltedAsync(string variable)
    {
        Environment.SetEnvironmentVariable(variable, Salt);
        var scene = await DeliveryScene.CreateAsync(users: 5);
        scene.Consumer = scene.Consumer with
        {
            Redaction = DeliveryScene.KeepAll with
            {
                Email = RedactionMethod.Sha256,
                SaltVariable = variable,
            }
        };
        return scene;
    }

    private static readonly char[] NoDomain = [.. "<>()[]\",;:"];

    private static string? Expected(RedactionMethod method, string column, string? value, string salt)
    {
        if (value is null)
            return null;
        var trimmed = value.Trim(' ');
        return (method, column) switch
        {
            (RedactionMethod.Keep, _) => value,
            (RedactionMethod.Mask, _) => "***",
            (RedactionMethod.Sha256, _) => Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(salt + trimmed.ToLowerInvariant()))),
            (_, "EMAIL") => value.Contains('@') && value.Split('@')[^1].IndexOfAny(NoDomain) < 0
                ? value.Split('@')[^1].Trim(' ').ToLowerInvariant()
                : "***",
            (_, "FULL_NAME") => string.Concat(trimmed.EnumerateRunes().Take(1)) + ".",
            _ => (trimmed.EnumerateRunes().Count() > 6 ? string.Concat(trimmed.EnumerateRunes().Take(3)) : string.Empty) + "***",
        };
    }
}
