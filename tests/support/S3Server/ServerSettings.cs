namespace LoyaltyPipeline.S3Support;

/// <summary>Where a server is and who may use it.</summary>
internal sealed record ServerSettings(
    Uri Endpoint,
    string Region,
    string AccessKey,
    string SecretKey,
    Uri? TlsEndpoint = null,
    string? CaFile = null,
    string? OtherAccessKey = null,
    string? OtherSecretKey = null)
{
    private const string Prefix = "LOYALTY_TEST_S3_";

    /// <summary>The server that the environment names; null where it names none.</summary>
    public static ServerSettings? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Prefix + "ENDPOINT") is not { Length: > 0 } endpoint)
            return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address))
            throw new ServerUnavailableException($"{Prefix}ENDPOINT is not an address.");
        var region = Environment.GetEnvironmentVariable(Prefix + "REGION") is { Length: > 0 } named ? named : "us-east-1";
        return new ServerSettings(
            address, region, Required("ACCESS_KEY"), Required("SECRET_KEY"), OtherAccessKey: Optional("OTHER_ACCESS_KEY"),
            OtherSecretKey: Optional("OTHER_SECRET_KEY"));
    }

    /// <summary>What start.sh printed.</summary>
    /// <param name="lines">NAME=value, each on a line.</param>
    public static ServerSettings FromScript(IReadOnlyDictionary<string, string> lines) => new(
        new Uri(lines["S3_ENDPOINT"]),
        lines["S3_REGION"],
        lines["S3_ACCESS_KEY"],
        lines["S3_SECRET_KEY"],
        new Uri(lines["S3_TLS_ENDPOINT"]),
        lines["S3_CA_FILE"],
        lines["S3_OTHER_ACCESS_KEY"],
        lines["S3_OTHER_SECRET_KEY"]);

    private static string? Optional(string name) =>
        Environment.GetEnvironmentVariable(Prefix + name) is { Length: > 0 } value ? value : null;

    private static string Required(string name) => Optional(name)
        ?? throw new ServerUnavailableException($"{Prefix}ENDPOINT is set, and {Prefix}{name} is not.");
}
