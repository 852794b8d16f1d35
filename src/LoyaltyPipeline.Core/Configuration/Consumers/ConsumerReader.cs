using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Yaml;

namespace LoyaltyPipeline.Core.Configuration.Consumers;

/// <summary>Reads the consumers of <c>pipeline.yml</c>. A setting that is not given is that of the consumer's default.</summary>
internal static class ConsumerReader
{
    private static readonly string[] Keys =
    [
        "segment", "destination", "stage", "format", "compression", "columns", "redaction", "require_consent", "require_active_account",
        "audience_change", "null_token", "neutralize_formulas", "s3",
    ];

    /// <summary>Reads the consumers.</summary>
    /// <param name="map">The mapping of consumers by name.</param>
    /// <param name="folder">Where relative destinations begin.</param>
    /// <param name="catalog">The catalog, which knows the columns.</param>
    /// <returns>The consumers and those that exist without a configuration, by name.</returns>
    public static IReadOnlyDictionary<string, Consumer> Read(YamlMap map, string folder, LoyaltyCatalog catalog)
    {
        var consumers = new Dictionary<string, Consumer>(ConsumerDefaults.All, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, consumer) in map.ReadEach(map.Keys, name => Read(map, name, consumers.GetValueOrDefault(name), folder, catalog)))
            consumers[name] = consumer;
        return consumers;
    }

    private static Consumer Read(YamlMap consumers, string name, Consumer? known, string folder, LoyaltyCatalog catalog)
    {
        if (ConsumerName.ProblemOf(name) is { } problem)
            throw consumers.Wrong(name, problem);
        var map = consumers.Map(name);
        map.AllowOnly(Keys);
        var defaults = known ?? new Consumer { Name = name, Segment = map.Try(() => ReadSegment(map), default) };
        var consumer = defaults with
        {
            Name = name,
            Segment = known is null ? defaults.Segment : map.Read("segment", _ => ReadSegment(map), defaults.Segment),
            Destination = map.Read("destination", _ => ReadDestination(map, folder), defaults.Destination),
            Stage = map.Read("stage", _ => ReadStage(map), defaults.Stage),
            Format = map.Read("format", map.Choice<FileFormat>, defaults.Format),
            Compression = map.Read("compression", map.Choice<FileCompression>, defaults.Compression),
            Columns = map.Read("columns", _ => ReadColumns(map, catalog), defaults.Columns),
            Redaction = map.Read("redaction", key => RedactionReader.ReadForConsumer(map.Map(key), defaults.Redaction), defaults.Redaction),
            RequireConsent = map.Read("require_consent", map.Flag, defaults.RequireConsent),
            RequireActiveAccount = map.Read("require_active_account", map.Flag, defaults.RequireActiveAccount),
            AudienceChange = map.Read("audience_change", map.Share, defaults.AudienceChange),
            NullToken = map.Read("null_token", _ => ReadNullToken(map), defaults.NullToken),
            NeutralizeFormulas = map.Read("neutralize_formulas", map.Flag, defaults.NeutralizeFormulas),
            S3 = map.Read("s3", key => ReadS3(map.Map(key)), defaults.S3),
        };
        if (consumer.Destination is { } destination && !DestinationText.IsS3(destination) && consumer.S3.WantsEncryption)
            map.Report("s3", $"'encryption' and 'kms_key' hold only on S3, and {destination} is a folder");
        return consumer;
    }

    private static IReadOnlyList<string> ReadColumns(YamlMap map, LoyaltyCatalog catalog)
    {
        var known = map.Texts("columns").ToLookup(pattern => ColumnPattern.Matches(pattern, catalog.Master));
        foreach (var unknown in known[false])
            map.Report("columns", $"Master has no column {unknown}");
        return [.. known[true]];
    }

    // As Master calls it too; what is no segment at all is refused with the words that can be written.
    private static EngagementSegment ReadSegment(YamlMap map) =>
        SegmentNames.TryParse(map.Text("segment"), out var segment) ? segment : map.Choice<EngagementSegment>("segment");

    private static S3Settings ReadS3(YamlMap map)
    {
        map.AllowOnly("endpoint", "region", "profile", "path_style", "checksums", "encryption", "kms_key", "tags");
        return new S3Settings
        {
            EndpointUrl = map.Read("endpoint", _ => ReadEndpoint(map), otherwise: null),
            Region = map.Read("region", map.Text, otherwise: null),
            Profile = map.Read("profile", map.Text, otherwise: null),
            PathStyle = map.Read<bool?>("path_style", key => map.Flag(key), otherwise: null),
            Checksums = map.Read("checksums", map.Choice<ChecksumMode>, ChecksumMode.WhenSupported),
            Encryption = map.Read("encryption", map.Choice<ServerSideEncryption>, ServerSideEncryption.BucketDefault),
            KmsKeyId = map.Read("kms_key", map.Text, otherwise: null),
            Tags = map.Read("tags", key => map.Map(key).ToDictionary(), new Dictionary<string, string>(StringComparer.Ordinal)),
        };
    }

    private static Uri ReadEndpoint(YamlMap map)
    {
        // A text that may hold a password is not repeated, whatever else is wrong with it.
        if (map.Text("endpoint").Contains('@', StringComparison.Ordinal))
            throw map.Wrong(
                "endpoint",
                "the address has a user name or a password in it; write http://host:port or https://host, keys come from a profile");
        return Uri.TryCreate(map.Text("endpoint"), UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw map.Wrong("endpoint", $"'{map.Text("endpoint")}' is no address; write http://host:port or https://host");
    }

    private static string ReadDestination(
        YamlMap map, string folder) => DestinationText.TryResolve(map.FilePath("destination"), folder, out var destination, out var problem)
        ? destination
        : throw map.Wrong("destination", problem, LoyaltyErrors.DestinationInvalid);

    private static StageLocation ReadStage(YamlMap map) =>
        StageLocation.TryParse(map.Text("stage"), out var location)
            ? location
            : throw map.Wrong("stage", StageLocation.Problem(map.Text("stage")));

    // Such a token would have to be quoted, and then be a text.
    private static string ReadNullToken(YamlMap map)
    {
        var token = map.TextOrEmpty("null_token");
        return token.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? token
            : throw map.Wrong("null_token", "'null_token' must have no comma, quote or line break");
    }
}
