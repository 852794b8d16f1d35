using System.Text.Json.Nodes;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Delivery;
using LoyaltyPipeline.Core.Delivery.Planning;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using NJsonSchema;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>What deliveries write is what module/schemas says, and nothing else passes for it.</summary>
public sealed class ManifestSchemaTests
{
    private const string Salt = "LOYALTY_TEST_SCHEMA_SALT";

    private static readonly Consumer Everything = new() { Name = "Partner", Segment = EngagementSegment.HighlyEngaged };

    private static readonly Lazy<Task<(string Manifest, string Latest)>> Good = new(async () =>
    {
        await using var scene = await SceneAsync();
        return await DeliverAsync(scene, Everything, DeliveryMode.Full);
    });

    public static MatrixTheoryData<FileFormat, FileCompression> Formats { get; } = new(
        Enum.GetValues<FileFormat>(), Enum.GetValues<FileCompression>());

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Deliveries_of_every_format_are_as_the_schema_says(FileFormat format, FileCompression compression)
    {
        await using var scene = await SceneAsync();

        await AssertValidAsync(scene, Everything with { Format = format, Compression = compression });
        await AssertValidAsync(
            scene, Everything with { Format = format, Compression = compression, Columns = ["USER_ID"] }, DeliveryMode.Diff);
    }

    [Fact]
    public async Task Deliveries_in_every_mode_are_as_the_schema_says()
    {
        Environment.SetEnvironmentVariable(Salt, "salt");
        await using var scene = await SceneAsync();
        var redacted = Everything with
        {
            RequireConsent = true,
            RequireActiveAccount = true,
            Redaction = new RedactionPolicy(RedactionMethod.Sha256, RedactionMethod.Generalize, RedactionMethod.Mask, Salt),
        };

        await AssertValidAsync(
            scene, redacted with { Redaction = new(RedactionMethod.Hmac, RedactionMethod.Keep, RedactionMethod.E164, Salt, null, "DE") });
        await AssertValidAsync(scene, redacted with { Redaction = new(Hashing: HashingRules.Meta, DefaultRegion: "DE") });
        await AssertValidAsync(scene, redacted, DeliveryMode.Diff);
        await scene.RunAsync(
            "UPDATE LOYALTY.MASTER SET PURCHASES_30D = 7 WHERE USER_ID = 2", "INSERT INTO LOYALTY.SUPPRESSION (USER_ID) VALUES (1)",
            "UPDATE LOYALTY.MASTER SET MARKETING_CONSENT = FALSE WHERE USER_ID = 3");
        var diff = await AssertValidAsync(scene, redacted, DeliveryMode.Diff);
        Assert.Equal((1L, 2L), ((long)diff["changed"]!, (long)diff["removed"]!));
        Assert.NotNull(diff["base_delivery_id"]);
        Assert.Equal("CHANGE", (string)diff["columns"]![0]!["name"]!);
        // Nobody is left: a manifest with no files, and the guard that was told to let it pass.
        await scene.RunAsync("UPDATE LOYALTY.MASTER SET ACCOUNT_STATUS = 'closed'");
        var empty = await AssertValidAsync(scene, redacted);
        Assert.Empty(empty["files"]!.AsArray());
        Assert.Equal("AudienceEmpty", (string)Assert.Single(empty["forced_guards"]!.AsArray())!);
    }

    [Fact]
    public async Task What_was_known_not_to_be_sound_says_so_in_its_manifest()
    {
        await using var scene = await SceneAsync();

        var manifest = await AssertValidAsync(scene, Everything, notSound: "1 of 2 checks did not pass");

        Assert.Equal("NotSound", (string)Assert.Single(manifest["forced_guards"]!.AsArray())!);
    }

    [Fact]
    public async Task The_schemas_name_every_property_that_is_written_and_describe_it()
    {
        var (manifest, latest) = await Good.Value;

        AssertDescribed(JsonNode.Parse(SchemaText("manifest"))!.AsObject(), JsonNode.Parse(manifest)!);
        AssertDescribed(JsonNode.Parse(SchemaText("latest"))!.AsObject(), JsonNode.Parse(latest)!);
    }

    [Theory]
    [InlineData("format_version", "2")]
    [InlineData("delivery_id", "\"NOTHEXATALL\"")]
    [InlineData("segment", "\"Best\"")]
    [InlineData("mode", "\"Partly\"")]
    [InlineData("run_date", "\"30.06.2026\"")]
    [InlineData("created_at", "\"2026-06-30 12:00\"")]
    [InlineData("base_delivery_id", "\"0123456789abcdef0123\"")]
    [InlineData("settings", "{}")]
    [InlineData("settings.format", "\"Parquet\"")]
    [InlineData("settings.null_token", "null")]
    [InlineData("settings.salted", "\"yes\"")]
    [InlineData("settings.hashing", "\"Other\"")]
    [InlineData("settings.default_region", "\"Germany\"")]
    [InlineData("settings.audience_change", "-1")]
    [InlineData("columns", "[]")]
    [InlineData("columns.0.type", "\"TEXT\"")]
    [InlineData("columns.0.redaction", "\"Drop\"")]
    [InlineData("rows", "-1")]
    [InlineData("rows", "0")]
    [InlineData("rows", "1.5")]
    [InlineData("left_out.suppressed", "null")]
    [InlineData("forced_guards", "[\"Anything\"]")]
    [InlineData("files", "[]")]
    [InlineData("files.0.name", "\"../part-00001.csv\"")]
    [InlineData("files.0.sha256", "\"\"")]
    [InlineData("consumer", null)]
    [InlineData("left_out.no_consent", null)]
    [InlineData("files.0.bytes", null)]
    [InlineData("comment", "\"more\"")]
    [InlineData("settings.secret", "\"more\"")]
    public async Task A_manifest_that_is_wrong_is_refused(string place, string? value)
    {
        var (manifest, _) = await Good.Value;

        Assert.NotEmpty((await SchemaAsync("manifest")).Validate(Changed(manifest, place, value)));
    }

    [Theory]
    [InlineData("manifest", "\"../manifest.json\"")]
    [InlineData("manifest_sha256", "null")]
    [InlineData("mode", null)]
    [InlineData("more", "1")]
    public async Task A_latest_that_is_wrong_is_refused(string place, string? value)
    {
        var (_, latest) = await Good.Value;

        Assert.NotEmpty((await SchemaAsync("latest")).Validate(Changed(latest, place, value)));
    }

    private static string SchemaText(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "module", "schemas", $"{name}.schema.json"));

    private static Task<JsonSchema> SchemaAsync(string name) => JsonSchema.FromJsonAsync(SchemaText(name), TestWarehouse.Token);

    private static async Task<MergeScene> SceneAsync()
    {
        var scene = await MergeScene.CreateAsync();
        await scene.AddUsersAsync(1, 9, 80);
        await scene.MergeAsync();
        return scene;
    }

    private static async Task<JsonNode> AssertValidAsync(
        MergeScene scene, Consumer consumer, DeliveryMode mode = DeliveryMode.Full, string? notSound = null)
    {
        var (manifest, latest) = await DeliverAsync(scene, consumer, mode, notSound);
        Assert.Empty((await SchemaAsync("manifest")).Validate(manifest));
        Assert.Empty((await SchemaAsync("latest")).Validate(latest));
        return JsonNode.Parse(manifest)!;
    }

    private static async Task<(string Manifest, string Latest)> DeliverAsync(
        MergeScene scene, Consumer consumer, DeliveryMode mode, string? notSound = null)
    {
        var sent = consumer with { Destination = Path.Combine(scene.Test.Folder, "drop") };
        var options = new DeliveryOptions(sent, mode, Force: true) { NotSound = notSound };
        var result = await new DeliveryRunner(scene.Test.Pipeline).DeliverAsync(
            scene.Test.Warehouse, options, scene.Test.Reporter, TestWarehouse.Token);
        Assert.Equal(DeliveryOutcome.Published, result.Outcome);
        return (await File.ReadAllTextAsync(result.Manifest, TestWarehouse.Token),
            await File.ReadAllTextAsync(Path.Combine(sent.Destination, sent.Name, $"{sent.Segment}", "latest.json"), TestWarehouse.Token));
    }

    private static void AssertDescribed(JsonObject schema, JsonNode document)
    {
        Assert.NotEmpty((string)schema["description"]!);
        if (document is JsonObject properties)
        {
            Assert.False((bool)schema["additionalProperties"]!);
            Assert.Equal(properties.Select(property => property.Key), schema["required"]!.AsArray().Select(name => (string)name!));
            Assert.Equal(properties.Select(property => property.Key), schema["properties"]!.AsObject().Select(property => property.Key));
            foreach (var (name, value) in properties.Where(property => property.Value is not null))
                AssertDescribed(schema["properties"]![name]!.AsObject(), value!);
        }
        else if (document is JsonArray { Count: > 0 } items)
        {
            AssertDescribed(schema["items"]!.AsObject(), items[0]!);
        }
    }

    // Null for a value takes the property away.
    private static string Changed(string document, string place, string? value)
    {
        var root = JsonNode.Parse(document)!;
        var steps = place.Split('.');
        var owner = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, null, out var index) ? node[index]! : node[step]!)
            .AsObject();
        if (value is null)
            Assert.True(owner.Remove(steps[^1]));
        else
            owner[steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
