using System.Diagnostics;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores.S3;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.S3Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>
/// What can be wrong with a destination: each has an id of its own, is known soon, names bucket and server, and tells no secret.
/// </summary>
public sealed class S3ErrorTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(S3Destination.WrongKey, "DestinationKeyUnknown")]
    [InlineData(S3Destination.WrongSecret, "DestinationSecretWrong")]
    [InlineData(S3Destination.Other, "DestinationDenied")]
    public async Task Keys_that_do_not_open_the_bucket(string profile, string errorId)
    {
        Assert.SkipWhen(profile == S3Destination.Other && fixture.Server.OtherAccessKey is null, "The environment names one user only.");
        using var destination = new S3Destination(fixture);
        await ExpectAsync(destination, destination.Settings(profile: profile), errorId, fixture.Server.Endpoint);
    }

    [Fact]
    public async Task A_profile_that_does_not_exist()
    {
        using var destination = new S3Destination(fixture);
        await using var warehouse = await AudienceWarehouse.CreateAsync(10);

        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            () => warehouse.DeliverAsync(destination.Consumer(destination.Settings(profile: "nobody"))));

        Assert.Equal("DestinationCredentialsMissing", failure.ErrorId);
        Assert.Contains("nobody", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_does_not_exist()
    {
        using var destination = new S3Destination(fixture);
        await using var warehouse = await AudienceWarehouse.CreateAsync(10);
        var consumer = destination.Consumer(destination.Settings()) with { Destination = "s3://there-is-no-such-bucket/prefix" };

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => warehouse.DeliverAsync(consumer));

        Assert.Equal(("DestinationBucketMissing", "s3://there-is-no-such-bucket"), (failure.ErrorId, failure.Target));
    }

    [Theory]
    [InlineData(403, "RequestTimeTooSkewed", "DestinationClockSkew")]
    [InlineData(400, "ExpiredToken", "DestinationCredentialsExpired")]
    [InlineData(301, "PermanentRedirect", "DestinationRegionWrong")]
    [InlineData(400, "AuthorizationHeaderMalformed", "DestinationRegionWrong")]
    [InlineData(503, "SlowDown", "DestinationUnavailable")]
    public async Task Refusals_that_this_server_does_not_give_by_itself(int status, string code, string errorId)
    {
        using var destination = new S3Destination(fixture);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint) { AnswerAll = new S3Error(status, code, "As told by the test.") };
        await ExpectAsync(destination, destination.Settings(proxy.Endpoint), errorId, proxy.Endpoint);
    }

    [Fact]
    public async Task A_server_that_does_not_answer()
    {
        using var destination = new S3Destination(fixture);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint) { Hang = true };
        await ExpectAsync(destination, destination.Settings(proxy.Endpoint), "DestinationUnavailable", proxy.Endpoint);
    }

    [Fact]
    public async Task A_server_that_is_not_there()
    {
        using var destination = new S3Destination(fixture);
        Uri gone;
        await using (var proxy = new FaultProxy(fixture.Server.Endpoint))
            gone = proxy.Endpoint;
        await ExpectAsync(destination, destination.Settings(gone), "DestinationUnavailable", gone);
    }

    [Fact]
    public async Task Leave_to_look_but_not_to_write()
    {
        using var destination = new S3Destination(fixture);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint)
        {
            Rule = request => request.Method == "PUT" ? Fault.Answer(S3Error.AccessDenied) : null,
        };
        await ExpectAsync(destination, destination.Settings(proxy.Endpoint), "DestinationDenied", proxy.Endpoint);
        Assert.Empty(await ListAsync(destination));
    }

    private static async Task ExpectAsync(S3Destination destination, S3Settings settings, string errorId, Uri endpoint)
    {
        await using var warehouse = await AudienceWarehouse.CreateAsync(10);
        var clock = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => warehouse.DeliverAsync(destination.Consumer(settings)));

        Assert.Equal(errorId, failure.ErrorId);
        Assert.True(clock.Elapsed < Soon, $"It took {clock.Elapsed}.");
        Assert.Contains(destination.Bucket, failure.Message, StringComparison.Ordinal);
        Assert.Contains(endpoint.Authority, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.All(
            warehouse.Test.Reporter.Warnings, warning => Assert.DoesNotContain("secret", warning, StringComparison.OrdinalIgnoreCase));
        Assert.Equal([errorId], await warehouse.Test.RowsAsync("SELECT ERROR_ID FROM LOYALTY.RUN"));
    }

    private static async Task<List<string>> ListAsync(S3Destination destination)
    {
        var keys = new List<string>();
        await foreach (var entry in destination.Store.ListAsync(string.Empty, TestWarehouse.Token))
            keys.Add(entry.Key);
        return keys;
    }
}
