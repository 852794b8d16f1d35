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
        foreach (var name in map.Keys)
        {
            if (ConsumerName.ProblemOf(name) is { } problem)
                throw map.Wrong(name, problem);
            consumers[name] = Read(map.Map(name), consumers.GetValueOrDefault(name), name, folder, catalog);
        }

        return consumers;
    }

    private static Consumer Read(YamlMap map, Consumer? known, string name, string folder, LoyaltyCatalog catalog)
    {
        map.AllowOnly(Keys);
        var defaults = known ?? new Consumer { Name = name, Segment = ReadSegment(map) };
        var columns = map.Has("columns") ? map.Texts("columns") : defaults.Columns;
        if (columns.FirstOrDefault(pattern => !ColumnPattern.Matches(pattern, catalog.Master)) is { } unknown)
            throw map.Wrong("columns", $"Master has no column {unknown}");
        var consumer = defaults with
        {
            Name = name,
            Segment = map.Has("segment") ? ReadSegment(map) : defaults.Segment,
            Destination = map.Has("destination") ? ReadDestination(map, folder) : defaults.Destination,
            Stage = map.Has("stage") ? ReadStage(map) : defaults.Stage,
            Format = map.Has("format") ? map.Choice<FileFormat>("format") : defaults.Format,
            Compression = map.Has("compression") ? map.Choice<FileCompression>("compression") : defaults.Compression,
            Columns = columns,
            Redaction = map.Has("redaction") ? RedactionReader.ReadForConsumer(map.Map("redaction"), defaults.Redaction) : defaults.Redaction,
            RequireConsent = Flag(map, "require_consent", defaults.RequireConsent),
            RequireActiveAccount = Flag(map, "require_active_account", defaults.RequireActiveAccount),
            AudienceChange = map.Has("audience_change") ? map.Share("audience_change") : defaults.AudienceChange,
            NullToken = map.Has("null_token") ? ReadNullToken(map) : defaults.NullToken,
            NeutralizeFormulas = Flag(map, "neutralize_formulas", defaults.NeutralizeFormulas),
            S3 = map.Has("s3") ? ReadS3(map.Map("s3")) : defaults.S3,
        };
        return consumer.Destination is { } destination && !DestinationText.IsS3(destination) && consumer.S3.WantsEncryption
            ? throw map.Wrong("s3", $"'encryption' and 'kms_key' hold only on S3, and {destination} is a folder")
            : consumer;
    }

    // As Master calls it too; what is no segment at all is refused with the words that can be written.
    private static EngagementSegment ReadSegment(YamlMap map) =>
        SegmentNames.TryParse(map.Text("segment"), out var segment) ? segment : map.Choice<EngagementSegment>("segment");

    private static S3Settings ReadS3(YamlMap map)
    {
        map.AllowOnly("endpoint", "region", "profile", "path_style", "checksums", "encryption", "kms_key", "tags");
        return new S3Settings
        {
            EndpointUrl = map.Has("endpoint") ? ReadEndpoint(map) : null,
            Region = map.Has("region") ? map.Text("region") : null,
            Profile = map.Has("profile") ? map.Text("profile") : null,
            PathStyle = map.Has("path_style") ? map.Flag("path_style") : null,
            Checksums = map.Has("checksums") ? map.Choice<ChecksumMode>("checksums") : ChecksumMode.WhenSupported,
            Encryption = map.Has("encryption") ? map.Choice<ServerSideEncryption>("encryption") : ServerSideEncryption.BucketDefault,
            KmsKeyId = map.Has("kms_key") ? map.Text("kms_key") : null,
            Tags = map.Has("tags") ? map.Map("tags").ToDictionary() : new Dictionary<string, string>(StringComparer.Ordinal),
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

    private static bool Flag(YamlMap map, string key, bool otherwise) => map.Has(key) ? map.Flag(key) : otherwise;
}
