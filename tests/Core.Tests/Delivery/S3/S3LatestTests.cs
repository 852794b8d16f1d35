using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.S3Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>
/// Whether <c>latest.json</c> was moved is not always known at once: the server may have done it, and its answer be lost.
/// </summary>
public sealed class S3LatestTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    private const string Latest = "Marketing/HighlyEngaged/latest.json";

    [Fact]
    public async Task Moved_without_an_answer_it_is_moved_all_the_same()
    {
        using var destination = new S3Destination(fixture);
        await using var warehouse = await AudienceWarehouse.CreateAsync(1_000);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint);
        LoseAnswer(proxy, thenAlsoReads: false);

        var result = await warehouse.DeliverAsync(destination.Consumer(destination.Settings(proxy.Endpoint)));

        Assert.Equal((DeliveryOutcome.Published, 1), (result.Outcome, proxy.Count(FaultKind.LostAnswer)));
        Assert.Contains(result.DeliveryId, await LatestAsync(destination), StringComparison.Ordinal);
        Assert.Equal(["Published"], await StatusesAsync(warehouse));
    }

    [Fact]
    public async Task Where_nobody_can_say_nothing_is_removed_and_the_next_delivery_settles_it()
    {
        using var destination = new S3Destination(fixture);
        await using var warehouse = await AudienceWarehouse.CreateAsync(1_000);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint);
        LoseAnswer(proxy, thenAlsoReads: true);

        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            () => warehouse.DeliverAsync(destination.Consumer(destination.Settings(proxy.Endpoint))));

        Assert.Equal("DestinationCredentialsExpired", failure.ErrorId);
        Assert.Contains(
            "for the next delivery to Marketing to find out", Assert.Single(warehouse.Test.Reporter.Warnings), StringComparison.Ordinal);
        Assert.Equal(["Started"], await StatusesAsync(warehouse));
        await S3DeliveryTests.VerifyAsync($"{destination.Location}/{Latest}", destination.Settings());
        Assert.Equal(DeliveryOutcome.AlreadyThere, (await warehouse.DeliverAsync(destination.Consumer(destination.Settings()))).Outcome);
        Assert.Equal(["Published"], await StatusesAsync(warehouse));
    }

    [Fact]
    public async Task Files_that_were_there_before_are_not_removed_where_it_cannot_be_moved()
    {
        using var destination = new S3Destination(fixture);
        await using var warehouse = await AudienceWarehouse.CreateAsync(1_000);
        await using var proxy = new FaultProxy(fixture.Server.Endpoint)
        {
            Rule = request => IsLatest(request, "PUT") ? Fault.Answer(S3Error.AccessDenied) : null,
        };
        var direct = destination.Consumer(destination.Settings());
        var first = await warehouse.DeliverAsync(direct);
        await warehouse.DeliverAsync(direct with { Columns = ["USER_ID"] });
        var latest = await LatestAsync(destination);

        // The settings are as they were at first: everything is there, only latest.json is to be moved.
        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            () => warehouse.DeliverAsync(direct with { S3 = destination.Settings(proxy.Endpoint) }));

        Assert.Equal(("DestinationDenied", latest), (failure.ErrorId, await LatestAsync(destination)));
        await S3DeliveryTests.VerifyAsync(first.Manifest, destination.Settings());
        Assert.Equal(["Published", "Published", "Failed"], await StatusesAsync(warehouse));
    }

    private static void LoseAnswer(FaultProxy proxy, bool thenAlsoReads)
    {
        var moved = false;
        proxy.Rule = request =>
        {
            if (IsLatest(request, "PUT") && !moved)
            {
                moved = true;
                return new Fault(FaultKind.LostAnswer);
            }

            return moved && (IsLatest(request, "PUT") || (thenAlsoReads && IsLatest(request, "GET")))
                ? Fault.Answer(S3Error.ExpiredToken)
                : null;
        };
    }

    private static bool IsLatest(S3Support.Http.HttpRequestHead request, string method) =>
        request.Method == method && request.Path.EndsWith("latest.json", StringComparison.Ordinal);

    private static async Task<string> LatestAsync(S3Destination destination) =>
        (await destination.Store.ReadAsync(Latest, TestWarehouse.Token))?.Content ?? string.Empty;

    private static Task<IReadOnlyList<string>> StatusesAsync(AudienceWarehouse warehouse) =>
        warehouse.Test.RowsAsync("SELECT STATUS FROM LOYALTY.DELIVERY ORDER BY SEQUENCE_NUMBER");
}
