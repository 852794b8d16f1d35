using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.S3Support;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>
/// A prefix of a bucket that no other test uses, and consumers who are delivered to there. Keys come from profiles of a file, as they do
/// for people, in one that only these tests know.
/// </summary>
internal sealed class S3Destination : IDisposable
{
    public const string Owner = "owner";
    public const string Other = "other";
    public const string WrongKey = "wrong-key";
    public const string WrongSecret = "wrong-secret";

    private readonly S3Server _server;

    public S3Destination(S3Fixture fixture)
    {
        _server = fixture.Server;
        Bucket = fixture.Bucket;
        Prefix = Guid.NewGuid().ToString("N");
        AwsProfiles.Write(
            (Owner, _server.AccessKey, _server.SecretKey),
            (Other, _server.OtherAccessKey ?? "none", _server.OtherSecretKey ?? "none"),
            (WrongKey, "AKIDOESNOTEXIST00000", "quite-a-secret-of-nobody"),
            (WrongSecret, _server.AccessKey, "quite-a-wrong-secret"));
        Store = ObjectStores.Open(Location, Settings());
    }

    public string Bucket { get; }

    public string Prefix { get; }

    public string Location => $"s3://{Bucket}/{Prefix}";

    /// <summary>Goes to the server itself, whatever stands between it and the consumer.</summary>
    public IObjectStore Store { get; }

    public S3Settings Settings(Uri? endpoint = null, string profile = Owner) =>
        new()
        {
            EndpointUrl = endpoint ?? _server.Endpoint,
            Region = _server.Region,
            Profile = profile,
            ProfilesFile = AwsProfiles.FilePath,
            PartBytes = 5 << 20,
        };

    public Consumer Consumer(S3Settings settings) =>
        new() { Name = "Marketing", Segment = EngagementSegment.HighlyEngaged, Destination = Location, S3 = settings };

    public void Dispose() => Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
