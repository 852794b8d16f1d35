using LoyaltyPipeline.Core.Delivery.Manifests;
using LoyaltyPipeline.Core.Engines.Snowflake;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.SnowflakeSupport.Faults;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery.S3;

/// <summary>
/// Deliveries whose files Snowflake writes itself, through a stage: the same layout, manifest, log and guards as those that this machine
/// sends.
/// </summary>
public sealed class StagedDeliveryTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    // Enough for two files, or for three.
    private static readonly (int Users, int Files) Size = TestDepth.Of(fast: (10_500, 2), full: (25_000, 3));

    [Theory]
    [InlineData(FileCompression.None)]
    [InlineData(FileCompression.Gzip)]
    public async Task Through_a_stage_the_same_is_delivered_as_without(FileCompression compression)
    {
        await using var scene = await StagedScene.CreateAsync(fixture, Size.Users);

        var streamed = await scene.DeliverAsync(scene.Streamed with { Compression = compression });
        Assert.Empty(scene.Unloads);
        var staged = await scene.DeliverAsync(scene.Staged with { Compression = compression });

        Assert.Equal((DeliveryOutcome.Published, Size.Users, Size.Files), (staged.Outcome, staged.Rows, staged.Files.Count));
        Assert.Equal(Size.Files, scene.Unloads.Count());
        Assert.Equal(Comparable(await scene.ManifestOfAsync(streamed)), Comparable(await scene.ManifestOfAsync(staged)));
        Assert.Equal(
            scene.KeyOf(streamed.Manifest), scene.KeyOf(staged.Manifest).Replace("staged/", "streamed/", StringComparison.Ordinal));
        Assert.Equal(await scene.RowsOfAsync(streamed), await scene.RowsOfAsync(staged));
        await S3DeliveryTests.VerifyAsync(staged.Manifest, scene.Settings);
        await S3DeliveryTests.VerifyAsync($"{scene.Staged.Destination}/Marketing/HighlyEngaged", scene.Settings);
        Assert.DoesNotContain(scene.Server.Statements, statement => statement.Text.Contains(StagedScene.Salt, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Diff_goes_through_it_too_and_the_same_again_sends_nothing()
    {
        await using var scene = await StagedScene.CreateAsync(fixture, 200);
        var full = await scene.DeliverAsync(scene.Staged);
        await scene.Engine.ExecuteAsync(
            "UPDATE LOYALTY.MASTER SET PURCHASES_30D = 7 WHERE USER_ID <= 20", "DELETE FROM LOYALTY.MASTER WHERE USER_ID > 190");

        var diff = await scene.DeliverAsync(scene.Staged, DeliveryMode.Diff);
        var unloads = scene.Unloads.Count();
        var again = await scene.DeliverAsync(scene.Staged, DeliveryMode.Diff);

        Assert.Equal(
            (DeliveryOutcome.Published, 0, 20, 10, full.DeliveryId),
            (diff.Outcome, diff.Added, diff.Changed, diff.Removed, diff.BaseDeliveryId));
        await S3DeliveryTests.VerifyAsync(diff.Manifest, scene.Settings);
        Assert.Equal(30, (await scene.RowsOfAsync(diff)).Count);
        Assert.Equal((DeliveryOutcome.AlreadyThere, diff.DeliveryId), (again.Outcome, again.DeliveryId));
        Assert.Equal(unloads, scene.Unloads.Count());
        Assert.Equal(
            ["Published|2", "Published|1"],
            await scene.Engine.RowsAsync("SELECT STATUS, SEQUENCE_NUMBER FROM LOYALTY.DELIVERY ORDER BY SEQUENCE_NUMBER DESC"));
    }

    [Theory]
    [InlineData(FaultKind.Cancelled, "QueryCancelled")]
    [InlineData(FaultKind.SessionGone, "WarehouseSessionLost")]
    [InlineData(FaultKind.NetworkCutBefore, "WarehouseSessionLost")]
    [InlineData(FaultKind.NetworkCutAfter, "WarehouseSessionLost")]
    public async Task Where_one_file_fails_nothing_is_left_and_the_next_delivery_works(FaultKind kind, string errorId)
    {
        await using var scene = await StagedScene.CreateAsync(fixture, Size.Users);
        scene.Server.AddFault(new Fault(kind) { TextContains = "part-00002" });

        // The driver asks again for what it got no answer to.
        if (!(SnowflakeDriver.IsThere && kind is (FaultKind.NetworkCutBefore or FaultKind.NetworkCutAfter)))
        {
            var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.DeliverAsync(scene.Staged));

            Assert.Equal(errorId, error.ErrorId);
            Assert.Empty(await scene.StagedKeysAsync());
            Assert.Equal(
                ["Failed|0"],
                await scene.Engine.RowsAsync("SELECT STATUS, (SELECT COUNT(*) FROM LOYALTY.DELIVERED_MEMBER) FROM LOYALTY.DELIVERY"));
        }

        await S3DeliveryTests.VerifyAsync((await scene.DeliverAsync(scene.Staged)).Manifest, scene.Settings);
    }

    [Fact]
    public async Task What_a_killed_delivery_left_is_removed_by_the_next()
    {
        await using var scene = await StagedScene.CreateAsync(fixture, 200);
        var dead = await scene.DeliverAsync(scene.Staged);
        await scene.Store.DeleteAsync([scene.KeyOf(dead.Manifest), "staged/Marketing/HighlyEngaged/latest.json"], TestWarehouse.Token);
        await scene.Engine.ExecuteAsync(
            "UPDATE LOYALTY.DELIVERY SET STATUS = 'Started'", "DELETE FROM LOYALTY.DELIVERY_FILE",
            "UPDATE LOYALTY.MASTER SET PURCHASES_30D = 7 WHERE USER_ID = 1");
        Assert.NotEmpty(await scene.StagedKeysAsync());

        var result = await scene.DeliverAsync(scene.Staged);

        Assert.NotEqual(dead.DeliveryId, result.DeliveryId);
        Assert.DoesNotContain(await scene.StagedKeysAsync(), key => key.Contains(dead.DeliveryId, StringComparison.Ordinal));
        await S3DeliveryTests.VerifyAsync(result.Manifest, scene.Settings);
    }

    [Fact]
    public async Task A_file_that_nobody_wrote_is_named_and_removed()
    {
        await using var scene = await StagedScene.CreateAsync(fixture, 200);
        var planned = await scene.DeliverAsync(scene.Staged, planOnly: true);
        Assert.Empty(await scene.StagedKeysAsync());
        await scene.Store.TryWriteAsync(
            scene.KeyOf(planned.Manifest).Replace("manifest.json", "part-00009.csv", StringComparison.Ordinal), "late",
            expectedVersion: null, TestWarehouse.Token);

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.DeliverAsync(scene.Staged));

        Assert.Equal(LoyaltyErrors.ReconciliationFailed, error.Definition);
        Assert.Contains("part-00009.csv", error.Message, StringComparison.Ordinal);
        await S3DeliveryTests.VerifyAsync((await scene.DeliverAsync(scene.Staged)).Manifest, scene.Settings);
    }

    [Theory]
    [InlineData("reverse", "ReconciliationFailed", "not in the order of users")]
    [InlineData("header", "ReconciliationFailed", "other columns")]
    [InlineData("value", "ReconciliationFailed", "cannot be read with the columns and types")]
    [InlineData("row", "ReconciliationFailed", "has 199 rows where 200 were counted")]
    [InlineData("lose", "StageInvalid", "is not at s3://")]
    public async Task What_does_not_lie_there_as_promised_is_not_published(string harm, string errorId, string reason)
    {
        await using var scene = await StagedScene.CreateAsync(fixture, 200);
        // The names of users have line breaks.
        var consumer = scene.Staged with { Columns = ["USER_ID", "ENGAGEMENT_SCORE_DATE"] };
        scene.Location.OnPut = path =>
        {
            var lines = File.ReadAllLines(path).ToList();
            File.WriteAllLines(path, harm switch
            {
                "reverse" => [lines[0], .. lines.Skip(1).Reverse()],
                "header" => ["USER_ID,OTHER", .. lines.Skip(1)],
                "value" => [.. lines.SkipLast(1), "200,jane@example.org"],
                "row" => lines.SkipLast(1),
                _ => lines,
            });
            return harm != "lose";
        };

        var error = await Assert.ThrowsAsync<LoyaltyException>(() => scene.DeliverAsync(consumer));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("jane", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(await scene.StagedKeysAsync());
    }

    // What must differ: when it was made, and how an engine quotes.
    private static string Comparable(DeliveryManifest manifest) =>
        ManifestJson.Write(
            manifest with
            {
                CreatedAt = default,
                Files = [.. manifest.Files.Select(file => new ManifestFile { Name = file.Name, Rows = file.Rows })],
            });
}
