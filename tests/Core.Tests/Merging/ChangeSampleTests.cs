using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>The sample of users who change in a plan.</summary>
public sealed class ChangeSampleTests
{
    [Fact]
    public async Task It_shows_before_and_after_by_column_and_no_personal_data()
    {
        await using var scene = await ThreeChangesAsync();

        var changes = await SampleAsync(scene, daysLater: 1);

        Assert.Equal(
            Facts.Of(new UserChange[]
            {
                new(1, UserChangeKind.Updated, "EMAIL", "***", null),
                new(1, UserChangeKind.Updated, "FULL_NAME", "***", "***"),
                new(1, UserChangeKind.Updated, "PHONE", null, "***"),
                new(1, UserChangeKind.Updated, "ENGAGEMENT_SCORE", 50.00m, 51.00m),
            }),
            Facts.Of(changes.Where(change => change.UserId == 1)));
        var gone = changes.Where(change => change.UserId == 2).ToList();
        Assert.All(gone, change => Assert.Equal((UserChangeKind.Deleted, null), (change.Change, change.After)));
        Assert.Equal("Engaged", gone.Single(change => change.Column == "ENGAGEMENT_SEGMENT").Before);
        var added = changes.Where(change => change.UserId == 12).ToList();
        Assert.All(added, change => Assert.Equal((UserChangeKind.Inserted, null), (change.Change, change.Before)));
        Assert.Equal("Highly Engaged", added.Single(change => change.Column == "ENGAGEMENT_SEGMENT").After);
        Assert.Equal("***", added.Single(change => change.Column == "FULL_NAME").After);
        Assert.Equal([1, 2, 12], changes.Select(change => change.UserId).Distinct());
        Assert.DoesNotContain(
            changes,
            change => Facts.Of(change).Contains("example.com", StringComparison.Ordinal)
                || Facts.Of(change).Contains("User ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_compares_an_earlier_day_with_what_that_day_said()
    {
        await using var scene = await ThreeChangesAsync();
        await scene.MergeAsync(daysLater: 1, force: true);
        await scene.ScoreAsync(3, 60);

        // Written before all of it: on that day there was nothing.
        Assert.All(await SampleAsync(scene, daysLater: -5), change => Assert.Equal(UserChangeKind.Inserted, change.Change));
        Assert.Equal(
            [(3L, (object)50m, (object)60m)],
            (await SampleAsync(scene, daysLater: 0)).Where(change => change is { UserId: 3, Column: "ENGAGEMENT_SCORE" })
                .Select(change => (change.UserId, change.Before!, change.After!)));
    }

    [Fact]
    public async Task It_is_small_and_the_same_each_time()
    {
        await using var scene = await MergeScene.CreateAsync(users: 30);

        var changes = await SampleAsync(scene, daysLater: 0, users: 7);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], changes.Select(change => change.UserId).Distinct());
        Assert.Empty((await scene.MergeAsync(planOnly: true)).Changes);
    }

    private static async Task<MergeScene> ThreeChangesAsync()
    {
        var scene = await MergeScene.CreateAsync(users: 11);
        await scene.MergeAsync();
        await scene.ScoreAsync(1, 51);
        await scene.RunAsync("UPDATE DW_A.USER_PROFILE SET EMAIL = NULL, FULL_NAME = 'Another Name', PHONE = '+32 555' WHERE USER_ID = 1");
        await scene.RemoveUserAsync(2);
        await scene.AddUserAsync(12, 90);
        return scene;
    }

    private static async Task<IReadOnlyList<UserChange>> SampleAsync(
        MergeScene scene, int daysLater, int users = 10) => (await new MergeRunner(scene.Test.Pipeline).RunAsync(
        scene.Test.Warehouse, new MergeOptions(MergeScene.Day.AddDays(daysLater), PlanOnly: true, SampleUsers: users), scene.Test.Reporter,
        TestWarehouse.Token)).Changes;
}
