using LoyaltyPipeline.Core.Adoption;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Adoption;

/// <summary>Adoption as people ask for it: on a day, of some regions, modules and features.</summary>
public sealed class AdoptionReaderTests
{
    [Fact]
    public async Task The_newest_day_is_shown_and_an_earlier_one_as_it_was_counted()
    {
        await using var scene = await AdoptedAsync();

        Assert.Equal(
            ["(unknown) reports export 1 of 1 +1", "EU chat talk 0 of 6 +0", "EU reports export 2 of 6 +1"],
            (await ReadAsync(scene)).Where(text => !text.StartsWith("(unknown) chat", StringComparison.Ordinal)));
        Assert.Equal(["EU reports export 1 of 7 +0"], await ReadAsync(scene, asOf: MergeScene.Day));
        // A day that was not written stands for the one before it, and one after the newest for the newest.
        Assert.Equal(["EU reports export 1 of 7 +0"], await ReadAsync(scene, asOf: MergeScene.Day.AddDays(1)));
        Assert.Equal(Facts.Of(await ReadAsync(scene)), Facts.Of(await ReadAsync(scene, asOf: MergeScene.Day.AddDays(30))));
        Assert.DoesNotContain(scene.Test.Reporter.Warnings, warning => warning.StartsWith("No adoption", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("eu", null, null, 2)]
    [InlineData("Eur*", "rep?rts", null, 1)]
    [InlineData("(unknown)", null, null, 2)]
    [InlineData(null, "CHAT", null, 2)]
    [InlineData(null, null, "*", 4)]
    [InlineData(null, null, "nothing", 0)]
    public async Task Names_are_patterns(string? region, string? module, string? feature, int rows)
    {
        await using var scene = await AdoptedAsync();

        Assert.Equal(rows, (await ReadAsync(scene, region, module, feature)).Count);
    }

    [Fact]
    public async Task A_day_without_figures_is_said_to_have_none()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        Assert.Equal("DayNotWritten", (await Assert.ThrowsAsync<LoyaltyException>(() => ReadAsync(scene))).ErrorId);
        await scene.MergeAsync();

        Assert.Empty(await ReadAsync(scene));

        Assert.Contains(
            scene.Test.Reporter.Warnings, warning => warning.StartsWith("No adoption is counted for 2024-03-31", StringComparison.Ordinal));
        Assert.Equal(
            "DayNotWritten",
            (await Assert.ThrowsAsync<LoyaltyException>(() => ReadAsync(scene, asOf: MergeScene.Day.AddDays(-1)))).ErrorId);
    }

    [Fact]
    public async Task A_day_that_is_merged_again_is_counted_again()
    {
        await using var scene = await AdoptedAsync();
        await scene.RunAsync(
            "DELETE FROM DW_B.FEATURE_ADOPTION WHERE FEATURE_NAME = 'talk'", "UPDATE DW_B.FEATURE_ADOPTION SET FEATURE_NAME = 'print'");

        await scene.MergeAsync(daysLater: 3, force: true);

        Assert.Equal(["(unknown) reports print 1 of 1 +1", "EU reports print 2 of 6 +1"], await ReadAsync(scene));
    }

    [Fact]
    public async Task The_values_there_are_can_be_chosen_from()
    {
        await using var scene = await AdoptedAsync();

        Assert.Equal(["(unknown)", "EU"], await AdoptionReader.ReadValuesAsync(scene.Test.Warehouse, "REGION_CODE", TestWarehouse.Token));
        Assert.Equal(["export", "talk"], await AdoptionReader.ReadValuesAsync(scene.Test.Warehouse, "FEATURE_NAME", TestWarehouse.Token));
    }

    // Seven users; on the first day one has a feature, three days later one is gone from the region, and there are more.
    private static async Task<MergeScene> AdoptedAsync()
    {
        var scene = await MergeScene.CreateAsync(users: 7);
        await scene.RunAsync("INSERT INTO DW_B.FEATURE_ADOPTION VALUES (1, 'export', 'reports', '2024-01-10', '2024-03-30', 5)");
        await scene.MergeAsync();
        await scene.RunAsync(
            "UPDATE DW_A.USER_PROFILE SET REGION_CODE = 'XX' WHERE USER_ID = 7",
            "INSERT INTO DW_B.FEATURE_ADOPTION VALUES (2, 'export', 'reports', '2024-04-01', '2024-04-01', 1), (7, 'export', 'reports', '2024-04-02', '2024-04-02', 1), (7, 'talk', 'chat', '2024-04-02', '2024-04-02', 1)");
        await scene.MergeAsync(daysLater: 3, force: true);
        return scene;
    }

    private static async Task<List<string>> ReadAsync(
        MergeScene scene, string? region = null, string? module = null, string? feature = null, DateOnly? asOf = null)
    {
        static string[] Only(string? pattern) => pattern is null ? [] : [pattern];
        var rows = new List<string>();
        await foreach (var row in AdoptionReader.ReadAsync(
            scene.Test.Warehouse, new AdoptionQuery(Only(region), Only(module), Only(feature), asOf), scene.Test.Reporter,
            TestWarehouse.Token))
            rows.Add($"{row.RegionCode} {row.ModuleName} {row.FeatureName} {row.ActiveAdopters} of {row.ActiveUsers} +{row.Change30D}");
        return rows;
    }
}
