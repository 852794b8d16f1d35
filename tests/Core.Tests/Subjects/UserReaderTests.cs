using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Subjects;

/// <summary>One person, as they are shown: masked, or shown and logged.</summary>
public sealed class UserReaderTests
{
    [Fact]
    public async Task A_user_has_Master_versions_deliveries_suppression_and_quarantine_masked()
    {
        await using var scene = await FilledAsync();
        var runs = await scene.Scene.RunsAsync();

        var user = (await ReadAsync(scene, shows: false))!;

        Assert.Equal((ErasureScene.Canary, false, null), (user.UserId, user.PersonalDataShown, user.RunId));
        Assert.Equal(
            scene.Test.Pipeline.Catalog.Master.Columns.Select(column => column.Name), user.Master!.Keys);
        Assert.Equal(("***", "***", "***"), (user.Master["EMAIL"], user.Master["FULL_NAME"], user.Master["phone"]));
        Assert.Equal(("Highly Engaged", 90m), (user.Master["ENGAGEMENT_SEGMENT"], user.Master["ENGAGEMENT_SCORE"]));
        Assert.Equal([new DateTime(2024, 3, 31), new DateTime(2024, 4, 1)], user.Versions.Select(version => version["VALID_FROM"]));
        Assert.Equal(["***", "***"], user.Versions.Select(version => version["EMAIL"]));
        Assert.Equal(["Marketing"], user.Deliveries.Select(delivery => delivery.Consumer));
        Assert.Equal((true, "asked", new DateTime(2024, 3, 1)), (user.IsSuppressed, user.SuppressionReason, user.SuppressedSince));
        Assert.Equal("range", user.Quarantine[0]["RULE"]);
        Assert.Equal((1, 2), (user.SourceRows["DW_A.USER_PROFILE"], user.SourceRows["DW_A.USER_ACTIVITY"]));
        Assert.DoesNotContain(user.SourceRows, table => table.Value == 0);
        Assert.All(Values(user), value => Assert.DoesNotContain(value, ErasureScene.Values[..3]));
        Assert.Equal(runs.Count, (await scene.Scene.RunsAsync()).Count);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public async Task A_suppression_holds_until_the_end_of_its_last_day(int days, bool holds)
    {
        await using var scene = await FilledAsync();
        var until = DateTime.UtcNow.Date.AddDays(days);
        await scene.Scene.RunAsync($"UPDATE LOYALTY.SUPPRESSION SET UNTIL_DATE = DATE '{until:yyyy-MM-dd}'");

        var user = (await ReadAsync(scene, shows: false))!;

        Assert.Equal(
            (holds, holds ? "asked" : null, holds ? until : (DateTime?)null),
            (user.IsSuppressed, user.SuppressionReason, user.SuppressedUntil));
    }

    [Fact]
    public async Task What_is_shown_is_logged_and_whose_it_is_is_not()
    {
        await using var scene = await FilledAsync();

        var user = (await ReadAsync(scene, shows: true))!;

        Assert.Equal(ErasureScene.Values[..3], [user.Master!["EMAIL"], user.Master["FULL_NAME"], user.Master["PHONE"]]);
        var run = (await scene.Scene.RunsAsync())[0];
        Assert.Equal((user.RunId, RunKind.Show, RunStatus.Succeeded), (run.RunId, run.Kind, run.Status));
        Assert.True(run.Unchanged > 10);
        var log = await scene.Test.RowsAsync("SELECT * FROM LOYALTY.RUN WHERE KIND = 'Show' UNION ALL BY NAME SELECT * FROM LOYALTY.RUN_STEP");
        Assert.All(
            ErasureScene.Values.Append($"{ErasureScene.Canary}"), value => Assert.DoesNotContain(log, row => row.Contains(value, StringComparison.Ordinal)));
        await scene.Scene.AssertUnlockedAsync();
    }

    [Fact]
    public async Task What_cannot_be_logged_is_not_shown()
    {
        await using var scene = await FilledAsync();
        await scene.Scene.RunAsync("ALTER TABLE LOYALTY.RUN_STEP RENAME TO AWAY");

        await Assert.ThrowsAsync<LoyaltyException>(() => ReadAsync(scene, shows: true));

        Assert.Equal(ErasureScene.Canary, (await ReadAsync(scene, shows: false))!.UserId);
    }

    [Fact]
    public async Task Who_was_erased_is_said_to_be_and_who_is_unknown_is_told_of()
    {
        await using var scene = await FilledAsync();
        await scene.EraseAsync(ErasureScene.Canary);

        var user = (await ReadAsync(scene, shows: false))!;

        Assert.Equal((null, 0, false), (user.Master, user.Versions.Count, user.IsSuppressed));
        Assert.NotNull(user.ErasedAt);
        Assert.Null(await new UserReader(scene.Test.Pipeline).ReadAsync(
            scene.Test.Warehouse, 999_999, showPersonalData: false, wait: null, scene.Test.Reporter, TestWarehouse.Token));
        var missing = Assert.Single(scene.Test.Reporter.Missing);
        Assert.Equal(("UserUnknown", 999_999L), (missing.ErrorId, missing.Target));
    }

    private static async Task<ErasureScene> FilledAsync()
    {
        var scene = await ErasureScene.CreateAsync(users: 3, inFile: false);
        await scene.Scene.ScoreAsync(1, 60);
        await scene.Scene.RunAsync($"UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = 80 WHERE USER_ID = {ErasureScene.Canary}");
        await scene.Scene.MergeAsync(force: true);
        await scene.Scene.RunAsync($"UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = 90 WHERE USER_ID = {ErasureScene.Canary}");
        await scene.Scene.MergeAsync(daysLater: 1, force: true);
        await scene.DeliverAsync("Marketing", EngagementSegment.HighlyEngaged);
        await scene.Scene.RunAsync($"INSERT INTO LOYALTY.SUPPRESSION (USER_ID, REASON, SINCE) VALUES ({ErasureScene.Canary}, 'asked', '2024-03-01')");
        return scene;
    }

    private static Task<LoyaltyUser?> ReadAsync(ErasureScene scene, bool shows) => new UserReader(scene.Test.Pipeline).ReadAsync(
        scene.Test.Warehouse, ErasureScene.Canary, shows, wait: null, scene.Test.Reporter, TestWarehouse.Token);

    private static IEnumerable<string> Values(LoyaltyUser user) => user.Versions.Concat(user.Quarantine).Append(user.Master!)
        .SelectMany(row => row.Values).OfType<string>();
}
