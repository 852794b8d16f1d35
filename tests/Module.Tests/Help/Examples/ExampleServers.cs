using System.Text.RegularExpressions;
using LoyaltyPipeline.Module.Tests.Support;
using LoyaltyPipeline.S3Support;

namespace LoyaltyPipeline.Module.Tests.Help.Examples;

/// <summary>
/// The servers that some examples need. That of S3 is started when the first example needs it; the module finds it by the variables of AWS.
/// </summary>
public sealed partial class ExampleServers : IAsyncLifetime
{
    private readonly SnowflakeServerProcess _snowflake = new();
    private readonly Dictionary<string, string?> _variables = new(StringComparer.Ordinal);
    private S3Server? _s3;

    [GeneratedRegex("s3://(?<bucket>[a-z0-9-]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Bucket { get; }

    [GeneratedRegex(" -(?:Snowflake|Stage)\\b", RegexOptions.NonBacktracking)]
    private static partial Regex Snowflake { get; }

    public async ValueTask InitializeAsync() => await _snowflake.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _snowflake.DisposeAsync();
        foreach (var (name, value) in _variables)
            Environment.SetEnvironmentVariable(name, value);
    }

    /// <summary>Why a statement cannot run on this machine; null where it can.</summary>
    internal async Task<string?> MissingForAsync(string code)
    {
        if (Snowflake.IsMatch(code) && !SnowflakeServerProcess.HasDriver)
            return "The Snowflake driver is not there: nothing goes over the wire.";
        if (!Bucket.IsMatch(code) || _s3 is not null)
            return null;
        _s3 = await S3Server.TryStartAsync();
        if (_s3 is null)
            return S3Server.UnavailableReason;
        Set("AWS_ENDPOINT_URL", _s3.Endpoint.ToString());
        Set("AWS_REGION", _s3.Region);
        Set("AWS_ACCESS_KEY_ID", _s3.AccessKey);
        Set("AWS_SECRET_ACCESS_KEY", _s3.SecretKey);
        return null;
    }

    /// <summary>Gives each bucket that a text names a name that nobody else uses, and makes it.</summary>
    internal async Task<string> OwnBucketsAsync(string code, string suffix)
    {
        if (_s3 is null || !Bucket.IsMatch(code))
            return code;
        using var client = _s3.CreateClient();
        foreach (var bucket in Bucket.Matches(code).Select(match => match.Groups["bucket"].Value).Distinct(StringComparer.Ordinal))
            await client.PutBucketAsync($"{bucket}-{suffix}");
        return Bucket.Replace(code, match => $"{match.Value}-{suffix}");
    }

    private void Set(string name, string value)
    {
        _variables[name] = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}
