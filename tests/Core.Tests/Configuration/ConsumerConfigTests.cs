using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Configuration;

/// <summary>What <c>pipeline.yml</c> may say of consumers.</summary>
public sealed class ConsumerConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ConfigPath => Path.Combine(_folder.Path, "pipeline.yml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_consumers_exist_without_a_file()
    {
        var consumers = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Config.Consumers;

        Assert.Equal(["Marketing", "CustomerSuccess"], consumers.Keys);
        var marketing = consumers["marketing"];
        Assert.Equal(
            (EngagementSegment.HighlyEngaged, true, true, null),
            (marketing.Segment, marketing.RequireConsent, marketing.RequireActiveAccount, marketing.Destination));
        var success = consumers["CUSTOMERSUCCESS"];
        Assert.Equal(
            (EngagementSegment.LowEngagement, false, false, null),
            (success.Segment, success.RequireConsent, success.RequireActiveAccount, success.Destination));
        foreach (var consumer in consumers.Values)
        {
            Assert.Equal(
                (FileFormat.Csv, FileCompression.Gzip, 0.30m, @"\N", true),
                (consumer.Format, consumer.Compression, consumer.AudienceChange, consumer.NullToken, consumer.NeutralizeFormulas));
            Assert.Equal(new RedactionPolicy(RedactionMethod.Sha256, RedactionMethod.Drop, RedactionMethod.Sha256), consumer.Redaction);
            Assert.Equal("USER_ID", consumer.Columns[0]);
            Assert.Empty(
                consumer.Columns.Except(
                    PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog.Master.Columns.Select(column => column.Name),
                    StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var consumer = Read("""
            consumers:
              partner_1-a:
                segment: engaged
                destination: s3://bucket/some/prefix/
                stage: '@PARTNER_STAGE/prefix/'
                format: jsonlines
                compression: zstd
                columns: [USER_ID, EMAIL, LAST_*]
                redaction: {email: generalize, name: mask, phone: keep, salt_variable: PARTNER_SALT}
                require_consent: true
                require_active_account: true
                audience_change: 12.5%
                null_token: ''
                neutralize_formulas: false
                s3:
                  endpoint: http://localhost:9000
                  region: eu-west-1
                  profile: partner
                  path_style: false
                  checksums: whenrequired
                  encryption: kms
                  kms_key: alias/partner
                  tags: {team: crm, kind: segment}
            """)["partner_1-a"];

        Assert.Equal(
            ("partner_1-a", EngagementSegment.Engaged, "s3://bucket/some/prefix"), (consumer.Name, consumer.Segment, consumer.Destination));
        Assert.Equal(new StageLocation("LOYALTY.PARTNER_STAGE", "prefix"), consumer.Stage);
        Assert.Equal(
            (FileFormat.JsonLines, FileCompression.Zstd, 0.125m, string.Empty, false),
            (consumer.Format, consumer.Compression, consumer.AudienceChange, consumer.NullToken, consumer.NeutralizeFormulas));
        Assert.Equal((true, true), (consumer.RequireConsent, consumer.RequireActiveAccount));
        Assert.Equal(["USER_ID", "EMAIL", "LAST_*"], consumer.Columns);
        Assert.Equal(
            new RedactionPolicy(RedactionMethod.Generalize, RedactionMethod.Mask, RedactionMethod.Keep, "PARTNER_SALT"),
            consumer.Redaction);
        Assert.Equal(
            (new Uri("http://localhost:9000"), "eu-west-1", "partner", false),
            (consumer.S3.EndpointUrl, consumer.S3.Region, consumer.S3.Profile, consumer.S3.PathStyle));
        Assert.Equal(
            (ChecksumMode.WhenRequired, ServerSideEncryption.Kms, "alias/partner"),
            (consumer.S3.Checksums, consumer.S3.Encryption, consumer.S3.KmsKeyId));
        Assert.Equal(["kind=segment", "team=crm"], consumer.S3.Tags.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hashes_for_platforms_and_numbers_are_read()
    {
        var consumers = Read("""
            consumers:
              Marketing: {redaction: {hashing: Google, default_region: no}}
              Mine: {segment: engaged, redaction: {email: hmac, phone: e164, salt_variable: MINE}}
            """);

        Assert.Equal(new RedactionPolicy(Hashing: HashingRules.Google, DefaultRegion: "NO"), consumers["Marketing"].Redaction);
        Assert.Equal(
            new RedactionPolicy(RedactionMethod.Hmac, Phone: RedactionMethod.E164, SaltVariable: "MINE"), consumers["Mine"].Redaction);
    }

    [Theory]
    [InlineData("HighlyEngaged", EngagementSegment.HighlyEngaged)]
    [InlineData("Highly Engaged", EngagementSegment.HighlyEngaged)]
    [InlineData("low engagement", EngagementSegment.LowEngagement)]
    [InlineData("UNSCORED", EngagementSegment.Unscored)]
    public void A_segment_is_written_as_one_word_or_as_Master_calls_it(string text, EngagementSegment segment) =>
        Assert.Equal(segment, Read($"consumers: {{Mine: {{segment: {text}}}}}")["Mine"].Segment);

    [Fact]
    public void What_is_not_said_stays_as_it_is()
    {
        var consumers = Read("""
            consumers:
              Marketing: {destination: out/marketing, redaction: {phone: mask}}
              Mine: {segment: LowEngagement}
            """);

        var known = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Config.Consumers["Marketing"];
        var marketing = consumers["Marketing"];
        Assert.Equal(Path.Combine(_folder.Path, "out", "marketing"), marketing.Destination);
        Assert.Equal(known.Redaction with { Phone = RedactionMethod.Mask }, marketing.Redaction);
        Assert.Equal(known with { Destination = marketing.Destination, Redaction = marketing.Redaction }, marketing);
        var mine = consumers["mine"];
        Assert.Equal(
            ("Mine", EngagementSegment.LowEngagement, false, false),
            (mine.Name, mine.Segment, mine.RequireConsent, mine.RequireActiveAccount));
        Assert.Equal(["*"], mine.Columns);
        Assert.Equal(new RedactionPolicy(), mine.Redaction);
        Assert.True(consumers.ContainsKey("CustomerSuccess"));
    }

    [Theory]
    [InlineData("consumers: 1", 1, "'consumers' must be a mapping")]
    [InlineData("consumers:\n  a b: {segment: engaged}", 2, "'a b' is no name for a consumer")]
    [InlineData(
        "consumers:\n  Marketing: {destination: a}\n  MARKETING: {destination: b}", 3, "'MARKETING' is there already, as 'Marketing'")]
    [InlineData("consumers:\n  Marketing:\n    destination: \"out\\Partner\"", 3, "write paths in single quotes")]
    [InlineData("consumers:\n  Marketing:\n    destination: \"D:\\Loyalty\\_out\"", 3, "write paths in single quotes")]
    [InlineData("consumers:\n  Marketing:\n    destination: \"\\\\nas\\\\drop\"", 3, "write paths in single quotes")]
    [InlineData("consumers:\n  ../x: {segment: engaged}", 2, "is no name for a consumer")]
    [InlineData(
        "consumers:\n  Con: {segment: engaged}", 2, "'Con' is no name for a consumer: Windows takes a folder of that name for a device")]
    [InlineData("consumers:\n  Mine:\n    format: csv", 3, "'segment' is missing")]
    [InlineData(
        "consumers:\n  Mine:\n    segment: loyal", 3,
        "'segment' must be one of highlyengaged, engaged, lowengagement, unscored, not 'loyal'")]
    [InlineData("consumers:\n  Marketing:\n    fromat: csv", 3, "unknown key 'fromat'")]
    [InlineData("consumers:\n  Marketing:\n    format: xml", 3, "'format' must be one of csv, parquet, jsonlines")]
    [InlineData("consumers:\n  Marketing:\n    compression: 1", 3, "'compression' must be one of none, gzip, zstd")]
    [InlineData("consumers:\n  Marketing:\n    columns: USER_ID", 3, "'columns' must be a list")]
    [InlineData("consumers:\n  Marketing:\n    columns: [USER_ID, SHOE_SIZE]", 3, "Master has no column SHOE_SIZE")]
    [InlineData(
        "consumers:\n  Marketing:\n    redaction:\n      email: blur", 4,
        "'email' must be one of keep, drop, mask, sha256, generalize, hmac, e164")]
    [InlineData("consumers:\n  Marketing:\n    redaction:\n      salt: pepper", 4, "unknown key 'salt'")]
    [InlineData(
        "consumers:\n  Marketing:\n    redaction:\n      hashing: tiktok", 4, "'hashing' must be one of google, meta, not 'tiktok'")]
    [InlineData(
        "consumers:\n  Marketing:\n    redaction:\n      salt_variable: X\n      hashing: meta", 5,
        "'hashing: meta' is of hashes without a salt: Meta finds nobody by salted ones; take away 'salt_variable' or 'hashing'")]
    [InlineData(
        "consumers:\n  Marketing:\n    redaction:\n      phone: mask\n      email: e164", 5,
        "'email' cannot be e164, which is a form of telephone numbers")]
    [InlineData("consumers:\n  Marketing:\n    redaction: {name: E164}", 3, "'name' cannot be e164")]
    [InlineData(
        "consumers:\n  Marketing:\n    redaction:\n      name: hmac", 4,
        "'name: hmac' needs a secret; name the environment variable that holds it with 'salt_variable'")]
    [InlineData(
        "consumers:\n  Marketing:\n    redaction:\n      name: hmac\n      hashing: google", 4,
        "and take away 'hashing', which has none")]
    [InlineData(
        "consumers:\n  Marketing:\n    redaction:\n      default_region: Germany", 4,
        "'Germany' is no country that has telephone numbers; write its ISO code, such as DE")]
    [InlineData("consumers:\n  Marketing:\n    redaction:\n      default_region: UK", 4, "'UK' is no country")]
    [InlineData("consumers:\n  Marketing:\n    require_consent: yes", 3, "'require_consent' must be true or false")]
    [InlineData("consumers:\n  Marketing:\n    audience_change: 0.3", 3, "'audience_change' must be a percentage")]
    [InlineData("consumers:\n  Marketing:\n    destination:", 3, "'destination' must be a text")]
    [InlineData("consumers:\n  Marketing:\n    null_token: 'a,b'", 3, "'null_token' must have no comma, quote or line break")]
    [InlineData("consumers:\n  Marketing:\n    s3:\n      endpoint: localhost", 4, "'localhost' is no address")]
    [InlineData("consumers:\n  Marketing:\n    s3:\n      endpoint: ftp://x", 4, "is no address")]
    [InlineData(
        "consumers:\n  Marketing:\n    s3:\n      endpoint: https://user:secret@host", 4,
        "the address has a user name or a password in it; write http")]
    [InlineData(
        "consumers:\n  Marketing:\n    s3:\n      endpoint: ftp://user:secret@host", 4,
        "the address has a user name or a password in it; write http")]
    [InlineData("consumers:\n  Marketing:\n    s3:\n      secret_key: x", 4, "unknown key 'secret_key'")]
    [InlineData("consumers:\n  Marketing:\n    s3:\n      encryption: rot13", 4, "'encryption' must be one of")]
    [InlineData("consumers:\n  Marketing:\n    s3:\n      tags: [a]", 4, "'tags' must be a mapping")]
    [InlineData(
        "consumers:\n  Marketing:\n    destination: ./drop\n    s3:\n      encryption: S3", 5,
        "'encryption' and 'kms_key' hold only on S3, and")]
    public void What_is_wrong_is_refused_with_file_and_line(string text, int line, string reason)
    {
        var error = Assert.Throws<LoyaltyException>(() => Read(text));
        Assert.Equal("ConfigInvalid", error.ErrorId);
        Assert.StartsWith($"{ConfigPath} line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_consumer_is_found_by_name_or_made_for_a_segment()
    {
        var consumers = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Config.Consumers;

        Assert.Equal("Marketing", consumers.Find("MARKETING", segment: null).Name);
        Assert.Equal(
            (Consumer.AdHoc, EngagementSegment.Engaged),
            (consumers.Find(null, EngagementSegment.Engaged).Name, consumers.Find(null, EngagementSegment.Engaged).Segment));
        Assert.Equal("Partner", consumers.Find("Partner", EngagementSegment.Engaged).Name);
        foreach (var (name, segment) in new (string?, EngagementSegment?)[] { (null, null), ("Nobody", null),
            ("a/b", EngagementSegment.Engaged), (string.Empty, EngagementSegment.Engaged) })
            Assert.Equal("ConsumerUnknown", Assert.Throws<LoyaltyException>(() => consumers.Find(name, segment)).ErrorId);
    }

    private IReadOnlyDictionary<string, Consumer> Read(string text)
    {
        File.WriteAllText(ConfigPath, text);
        return PipelineLoader.Load(Repository.SqlFolder, ConfigPath).Config.Consumers;
    }
}
