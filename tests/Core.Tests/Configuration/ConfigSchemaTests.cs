using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Configuration.Template;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Configuration;

/// <summary>
/// The JSON Schema of <c>pipeline.yml</c> knows what the reader knows, and the file that users begin with is as both say.
/// </summary>
public sealed partial class ConfigSchemaTests : IDisposable
{
    private static readonly string SchemaPath = Path.Combine(Repository.Root, "module", "schemas", "pipeline.schema.json");
    private static readonly string SchemaText = File.ReadAllText(SchemaPath);
    private static readonly JsonObject Declared = JsonNode.Parse(SchemaText)!.AsObject();
    private static readonly JsonSchema Schema = JsonSchema.FromText(SchemaText);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Places { get; } = [.. Objects("", Declared).Select(item => item.Place)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_a_schema()
    {
        using var text = JsonDocument.Parse(SchemaText);

        Assert.True(MetaSchemas.Draft7.Evaluate(text.RootElement).IsValid);
        using var wrong = JsonDocument.Parse("""{"type": "object", "properties": {"a": {"type": "text"}}}""");
        Assert.False(MetaSchemas.Draft7.Evaluate(wrong.RootElement).IsValid);
    }

    // The reader says which keys it knows where it finds one that it does not.
    [Theory]
    [MemberData(nameof(Places))]
    public void It_has_the_keys_of_the_reader_and_no_others(string place)
    {
        var keys = place.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var yaml = string.Concat(keys.Append("zzz").Select((key, depth) => $"{new string(' ', depth)}{key}:\n")).TrimEnd('\n') + " 1\n";

        var fault = Assert.Single(Faults(yaml), fault => fault.Message.Contains("unknown key 'zzz'", StringComparison.Ordinal));

        var known = fault.Message.Split("known are ")[1].Split(", ");
        var declared = Objects("", Declared).Single(item => item.Place == place).Keys;
        Assert.Equal(known.Order(StringComparer.Ordinal), declared.Order(StringComparer.Ordinal));
        Assert.False(IsValid(yaml));
    }

    [Theory]
    [InlineData("consumer", "segment", typeof(EngagementSegment))]
    [InlineData("consumer", "format", typeof(FileFormat))]
    [InlineData("consumer", "compression", typeof(FileCompression))]
    [InlineData("consumer/redaction", "phone", typeof(RedactionMethod))]
    [InlineData("consumer/redaction", "hashing", typeof(HashingRules))]
    [InlineData("consumer/s3", "checksums", typeof(ChecksumMode))]
    [InlineData("consumer/s3", "encryption", typeof(ServerSideEncryption))]
    [InlineData("own_check", "suite", typeof(CheckSuite))]
    [InlineData("webhook", "format", typeof(WebhookFormat))]
    public void It_has_the_words_of_the_reader(string place, string key, Type names)
    {
        var at = Declared["definitions"]!;
        foreach (var (part, depth) in place.Split('/').Select((part, depth) => (part, depth)))
            at = depth == 0 ? at[part]! : at["properties"]![part]!;
        var words = at["properties"]![key]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()).ToList();

        Assert.All(Enum.GetNames(names), name => Assert.Contains(name, words));
        Assert.All(
            words,
            word => Assert.Contains(
                word.Replace(" ", "", StringComparison.Ordinal), Enum.GetNames(names), StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("guards: {deletes: 10}")]
    [InlineData("guards: {deletes: 101%}")]
    [InlineData("guards: {stale_sources: perhaps}")]
    [InlineData("sources: {DW_D: {schema: X}}")]
    [InlineData("sources: {DW_A: {schema: 'x; y'}}")]
    [InlineData("imports: {null_tokens: NULL}")]
    [InlineData("consumers: {'a b': {segment: Engaged}}")]
    [InlineData("consumers: {Marketing: {format: Xml}}")]
    [InlineData("consumers: {Marketing: {redaction: {email: E164}}}")]
    [InlineData("consumers: {Marketing: {s3: {endpoint: 'https://user:secret@host'}}}")]
    [InlineData("integrity: {own_checks: {a: {description: d}}}")]
    [InlineData("integrity: {calendar: {days: 0}}")]
    [InlineData("integrity: {anomalies: {minimum_days: 27}}")]
    [InlineData("integrity: {holidays: [tomorrow]}")]
    [InlineData("notify: {on: [everything]}")]
    [InlineData("openlineage: {timeout_seconds: 61}")]
    [InlineData("openlineage: {url: 'ftp://host'}")]
    [InlineData("notify: {timeout_seconds: 301}")]
    [InlineData("notify: {webhooks: {a: {url: 'https://user:secret@host'}}}")]
    [InlineData("notify: {mail: {host: h, from: nobody, to: [a@b.c]}}")]
    [InlineData("notify: {mail: {host: h, from: a@b.c, to: []}}")]
    public void Both_refuse_what_is_wrong(string yaml)
    {
        Assert.NotEmpty(Faults(yaml));
        Assert.False(IsValid(yaml));
    }

    [Fact]
    public void The_file_to_begin_with_means_what_holds_without_one()
    {
        var text = ConfigTemplate.TextFor(SchemaPath);

        Assert.StartsWith($"# yaml-language-server: $schema={new Uri(SchemaPath).AbsoluteUri}\n", text, StringComparison.Ordinal);
        Assert.Empty(Faults(text));
        Assert.True(IsValid(text));
        Assert.Equal(Said(PipelineConfig.Default), Said(PipelineLoader.Load(Repository.SqlFolder, Write(text)).Config));
        Assert.NotEqual(
            Said(PipelineConfig.Default),
            Said(PipelineLoader.Load(Repository.SqlFolder, Write("guards: {deletes: 11%}")).Config));
    }

    [Fact]
    public void Its_examples_are_settings_too_and_it_names_every_one()
    {
        var text = WithExamples(ConfigTemplate.TextFor(SchemaPath));

        Assert.Empty(Faults(text));
        Assert.True(IsValid(text));
        var named = text.Split('\n').Select(line => line.Trim().Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.All(
            Objects("", Declared).SelectMany(item => item.Keys)
                .Except(["DW_C", "password_file", "api_key_file"], StringComparer.Ordinal),
            key => Assert.Contains(key, named));
    }

    [Fact]
    public void Its_defaults_are_those_of_the_schema()
    {
        var stated = YamlJson.Of(ConfigTemplate.TextFor(SchemaPath))!;
        var compared = 0;
        foreach (var (place, schema) in Schemas("", Declared).Where(item => item.Schema["default"] is not null))
        {
            var path = place.Replace("consumers/Sales/", "consumers/Marketing/", StringComparison.Ordinal)
                .Split('/', StringSplitOptions.RemoveEmptyEntries);
            var value = path.Aggregate((JsonNode?)stated, (node, key) => (node as JsonObject)?[key]);
            // Marketing asks for more than others.
            if (value is null || path[^1].StartsWith("require_", StringComparison.Ordinal))
                continue;
            Assert.Equal(schema["default"]!.ToJsonString(), value.ToJsonString());
            compared++;
        }

        Assert.True(compared > 25, $"{compared} were compared.");
    }

    // What is commented out has no blank behind #, or several.
    private static string WithExamples(string text) => string.Join(
        '\n', text.Split('\n').Select(line => line is ['#', not ' ', ..] or ['#', ' ', ' ', ..] ? line[1..] : line));

    // 0.10 and 0.1 are the same share.
    private static string Said(PipelineConfig config) => Zeros().Replace(JsonSerializer.Serialize(new
    {
        config.Sources,
        config.NullTokens,
        config.Guards,
        config.Consumers,
        Checks = config.Integrity.Checks.Keys,
        config.Integrity.OwnChecks,
        config.Notify,
        config.OpenLineage,
        config.Integrity.Calendar,
        config.Integrity.Anomalies.Holidays,
        Anomalies = config.Integrity.Anomalies with { FloorOf = null!, IsExpected = null! },
    }, Options), string.Empty);

    [GeneratedRegex(@"(?<=\.\d*[1-9])0+(?=[,}])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Zeros();

    private static JsonSerializerOptions Options { get; } = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    // The schemas of settings by where they stand; what users name themselves is given a name.
    private static IEnumerable<(string Place, JsonObject Schema)> Schemas(string place, JsonObject schema)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
            schema = Declared["definitions"]![reference.Split('/')[^1]]!.AsObject();
        yield return (place, schema);
        foreach (var (key, value) in schema["properties"]?.AsObject() ?? [])
        {
            foreach (var inner in Schemas($"{place}/{key}", value!.AsObject()))
                yield return inner;
        }

        if (schema["additionalProperties"] is JsonObject any && any["$ref"] is not null)
        {
            foreach (var inner in Schemas($"{place}/Sales", any))
                yield return inner;
        }
    }

    private static IEnumerable<(string Place, IReadOnlyList<string> Keys)> Objects(string place, JsonObject schema) =>
        from item in Schemas(place, schema)
        where item.Schema["additionalProperties"] is JsonValue
        select (item.Place, (IReadOnlyList<string>)[.. item.Schema["properties"]!.AsObject().Select(property => property.Key)]);

    private static bool IsValid(string yaml)
    {
        using var text = JsonDocument.Parse(YamlJson.Of(yaml)?.ToJsonString() ?? "null");
        return Schema.Evaluate(text.RootElement).IsValid;
    }

    private List<LoyaltyException> Faults(string yaml)
    {
        var faults = new List<LoyaltyException>();
        PipelineLoader.Load(Repository.SqlFolder, Write(yaml), faults.Add);
        return faults;
    }

    private string Write(string yaml)
    {
        var path = Path.Combine(_folder.Path, "pipeline.yml");
        File.WriteAllText(path, yaml);
        return path;
    }
}
