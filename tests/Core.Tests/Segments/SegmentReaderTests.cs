using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Segments;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Segments;

/// <summary>Members of segments as Master has them.</summary>
public sealed class SegmentReaderTests
{
    [Fact]
    public async Task Every_segment_has_its_members_in_the_order_of_their_ids()
    {
        await using var scene = await FilledAsync();

        Assert.Equal([2, 5], await IdsAsync(scene, new SegmentQuery(EngagementSegment.HighlyEngaged)));
        Assert.Equal([1, 3], await IdsAsync(scene, new SegmentQuery(EngagementSegment.Engaged)));
        Assert.Equal([4], await IdsAsync(scene, new SegmentQuery(EngagementSegment.LowEngagement)));
        Assert.Equal([6, 7], await IdsAsync(scene, new SegmentQuery(EngagementSegment.Unscored)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], await IdsAsync(scene, new SegmentQuery()));
    }

    [Fact]
    public async Task They_are_chosen_by_region_and_number()
    {
        await using var scene = await FilledAsync();

        Assert.Equal([1, 2, 3], await IdsAsync(scene, new SegmentQuery(First: 3)));
        Assert.Equal([7], await IdsAsync(scene, new SegmentQuery(Regions: ["US"])));
        Assert.Empty(await IdsAsync(scene, new SegmentQuery(EngagementSegment.Engaged, ["US"])));
        Assert.Empty(await IdsAsync(scene, new SegmentQuery(Regions: ["' OR ''='"])));
        Assert.Empty(await IdsAsync(scene, new SegmentQuery(First: 0)));
    }

    [Theory]
    [InlineData("us", new long[] { 7 })]
    [InlineData("?U", new long[] { 1, 2, 3, 4, 5 })]
    [InlineData("eur*", new long[] { 1, 2, 3, 4, 5 })]
    [InlineData("(none)", new long[] { 8 })]
    [InlineData("(Unknown)", new long[] { 6 })]
    [InlineData("XX", new long[] { 6 })]
    [InlineData("(NONE)|Euro*|U%", new long[] { 1, 2, 3, 4, 5, 8 })]
    [InlineData("*", new long[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    public async Task Regions_are_named_by_code_name_and_pattern(string patterns, long[] users)
    {
        await using var scene = await FilledAsync();
        await scene.AddUsersAsync(8, 8, 50);
        await scene.RunAsync(
            "UPDATE DW_A.USER_PROFILE SET REGION_CODE = 'XX' WHERE USER_ID = 6", "UPDATE DW_A.USER_PROFILE SET REGION_CODE = NULL WHERE USER_ID = 8",
            "INSERT INTO DW_C.REGION_METADATA VALUES ('US', 'United States', 'US', 'Core')");
        await scene.MergeAsync();

        Assert.Equal(users, await IdsAsync(scene, new SegmentQuery(Regions: patterns.Split('|'))));
        Assert.Equal(users.Take(2), await IdsAsync(scene, new SegmentQuery(Regions: patterns.Split('|'), First: 2)));
    }

    [Fact]
    public async Task A_member_has_what_the_preview_shows()
    {
        await using var scene = await FilledAsync();
        var members = await ReadAsync(scene, new SegmentQuery());

        Assert.Equal(
            Facts.Of(
                new SegmentMember(
                    2, "Highly Engaged", 70.00m, new DateTime(2024, 3, 1), "EU", "standard", "active", true,
                    new DateTime(2024, 3, 5, 6, 7, 8, DateTimeKind.Utc))), Facts.Of(members[1]));
        Assert.Equal(Facts.Of(new SegmentMember(6, "Unscored", null, null, "EU", "standard", "active", true, null)), Facts.Of(members[5]));
        Assert.Equal(
            Enum.GetValues<EngagementSegment>().Select(SegmentNames.Of).Order(),
            members.Select(member => member.Segment).Distinct().Order());
    }

    [Fact]
    public async Task Reading_may_stop_at_any_row()
    {
        await using var scene = await FilledAsync();
        await foreach (var member in SegmentReader.ReadAsync(scene.Test.Warehouse, new SegmentQuery(), TestWarehouse.Token))
        {
            Assert.Equal(1, member.UserId);
            break;
        }

        Assert.Equal(7, (await scene.MergeAsync()).Unchanged);
    }

    [Fact]
    public async Task An_empty_file_is_not_initialized()
    {
        await using var warehouse = await DuckDbWarehouse.OpenAsync(":memory:", TestWarehouse.Token);

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            async () => await SegmentReader.ReadAsync(warehouse, new SegmentQuery(), TestWarehouse.Token).FirstAsync(TestWarehouse.Token));
        Assert.Equal("WarehouseNotInitialized", error.ErrorId);
    }

    private static async Task<MergeScene> FilledAsync()
    {
        var scene = await MergeScene.CreateAsync();
        int[] scores = [35, 70, 69, 34, 100];
        foreach (var (index, score) in scores.Index())
            await scene.AddUserAsync(index + 1, score);
        await scene.AddUsersAsync(6, 7, 50);
        await scene.RunAsync(
            "DELETE FROM DW_A.ENGAGEMENT_SCORE WHERE USER_ID = 6",
            "UPDATE DW_A.USER_PROFILE SET REGION_CODE = 'US' WHERE USER_ID = 7",
            "INSERT INTO DW_A.USER_ACTIVITY VALUES (1, 2, 'login', '2024-03-05 06:07:08', NULL, NULL)");
        await scene.MergeAsync();
        return scene;
    }

    private static async Task<IEnumerable<long>> IdsAsync(MergeScene scene, SegmentQuery query) =>
        (await ReadAsync(scene, query)).Select(member => member.UserId);

    private static async Task<List<SegmentMember>> ReadAsync(MergeScene scene, SegmentQuery query)
    {
        var members = new List<SegmentMember>();
        await foreach (var member in SegmentReader.ReadAsync(scene.Test.Warehouse, query, TestWarehouse.Token))
            members.Add(member);
        return members;
    }
}
