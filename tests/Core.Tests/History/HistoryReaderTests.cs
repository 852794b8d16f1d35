using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>Reading the past: versions, a day, and what changed between two days.</summary>
public sealed class HistoryReaderTests
{
    [Fact]
    public async Task Versions_come_by_user_and_time_with_every_column()
    {
        await using var scene = await SceneAsync();

        var versions = await VersionsAsync(scene, new VersionQuery([1, 3]));

        Assert.Equal(
            [(1, 0, 2, "Engaged"), (1, 2, null, "Highly Engaged"), (3, 0, 2, "Engaged")],
            versions.Select(version => (version.UserId, Number(version.ValidFrom), NumberOf(version.ValidTo), version.Segment)));
        Assert.All(scene.Test.Pipeline.Catalog.Master.Columns, column => _ = versions[1].ValueOf(column.Name));
        Assert.Equal(90m, versions[1].ValueOf("engagement_score"));
        Assert.Null(versions[1].ValueOf("PHONE"));
        Assert.Equal(new DateTime(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc), versions[1].ValueOf("SIGNED_UP_AT"));
        Assert.Equal(DateTimeKind.Utc, ((DateTime)versions[1].ValueOf("SIGNED_UP_AT")!).Kind);
    }

    [Theory]
    [InlineData(0, "1 2 3")]
    [InlineData(1, "1 2 3")] // not written: as the day before
    [InlineData(2, "1 2 4")]
    [InlineData(9, "1 2 4")]
    public async Task A_day_is_Master_as_it_was(int day, string users)
    {
        await using var scene = await SceneAsync();

        var versions = await VersionsAsync(scene, new VersionQuery([], MergeScene.Day.AddDays(day)));

        Assert.Equal(users, string.Join(' ', versions.Select(version => version.UserId)));
        Assert.Equal(
            [1, 2],
            (await VersionsAsync(scene, new VersionQuery([], MergeScene.Day.AddDays(day), First: 2))).Select(version => version.UserId));
    }

    [Fact]
    public async Task Changes_say_before_and_after()
    {
        await using var scene = await SceneAsync();

        Assert.Equal(
            Facts.Of(new UserChange[]
            {
                new(1, UserChangeKind.Updated, "ENGAGEMENT_SEGMENT", "Engaged", "Highly Engaged"),
                new(3, UserChangeKind.Deleted, "ENGAGEMENT_SEGMENT", "Engaged", null),
                new(4, UserChangeKind.Inserted, "ENGAGEMENT_SEGMENT", null, "Low Engagement"),
            }),
            Facts.Of(await ChangesAsync(scene, 0, 2, "engagement_segment")));
        Assert.Equal(
            ["ENGAGEMENT_SCORE 50.00 90.00", "ENGAGEMENT_SEGMENT Engaged Highly Engaged"],
            (await ChangesAsync(scene, 0, 2, "*SCORE", "*SEG*T")).Where(change => change.UserId == 1).Select(Describe));
        Assert.Equal(
            ["ENGAGEMENT_SEGMENT Highly Engaged Engaged"],
            (await ChangesAsync(scene, 2, 0, "ENGAGEMENT_SEGMENT")).Where(change => change.UserId == 1).Select(Describe));
        Assert.Empty(await ChangesAsync(scene, 0, 1, "*"));
        Assert.All(await ChangesAsync(scene, 0, 2, "*"), change => Assert.NotEqual(2, change.UserId));
    }

    [Fact]
    public async Task A_day_before_the_first_and_an_unknown_column_are_refused()
    {
        await using var scene = await SceneAsync();

        Assert.Equal(
            "DayNotWritten",
            (await Assert.ThrowsAsync<LoyaltyException>(
                () => VersionsAsync(scene, new VersionQuery([], MergeScene.Day.AddDays(-1))))).ErrorId);
        Assert.Equal("DayNotWritten", (await Assert.ThrowsAsync<LoyaltyException>(() => ChangesAsync(scene, -1, 2, "EMAIL"))).ErrorId);
        var error = await Assert.ThrowsAsync<LoyaltyException>(() => ChangesAsync(scene, 0, 2, "EMAIL", "MAIL"));
        Assert.Equal("ColumnUnknown", error.ErrorId);
        Assert.StartsWith("Master has no column MAIL; it has USER_ID, EMAIL, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_History_does_not_have_yet_is_null()
    {
        await using var scene = await SceneAsync();
        await scene.RunAsync("ALTER TABLE LOYALTY.HISTORY DROP COLUMN PHONE");

        Assert.All(await VersionsAsync(scene, new VersionQuery([])), version => Assert.Null(version.ValueOf("PHONE")));
        Assert.NotEmpty(await ChangesAsync(scene, 0, 2, "*"));
    }

    // Of users 1 to 3, the first moves up, the second stays, the third goes, and a fourth comes, on the third day; the second day is not
    // written.
    private static async Task<MergeScene> SceneAsync()
    {
        var scene = await MergeScene.CreateAsync(users: 3);
        await scene.MergeAsync();
        await scene.ScoreAsync(1, 90);
        await scene.RemoveUserAsync(3);
        await scene.AddUserAsync(4, 10);
        await scene.MergeAsync(daysLater: 2, force: true);
        return scene;
    }

    private static async Task<List<UserVersion>> VersionsAsync(MergeScene scene, VersionQuery query) =>
        await new HistoryReader(scene.Test.Pipeline.Catalog).ReadVersionsAsync(scene.Test.Warehouse, query, TestWarehouse.Token)
            .ToListAsync(TestWarehouse.Token);

    private static async Task<List<UserChange>> ChangesAsync(
        MergeScene scene, int earlier, int later, params string[] columns) => await new HistoryReader(scene.Test.Pipeline.Catalog)
        .ReadChangesAsync(
            scene.Test.Warehouse, new ChangeQuery(MergeScene.Day.AddDays(earlier), MergeScene.Day.AddDays(later), columns, []),
            TestWarehouse.Token).ToListAsync(TestWarehouse.Token);

    private static string Describe(UserChange change) => FormattableString.Invariant($"{change.Column} {change.Before} {change.After}");

    private static int Number(DateTime day) => (day - MergeScene.Day.ToDateTime(default)).Days;

    private static int? NumberOf(DateTime? day) => day is { } some ? Number(some) : null;
}
