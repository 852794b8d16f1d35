using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Subjects;

/// <summary>The deliveries and files that hold a user are named, no more and no fewer; and consumers can be told.</summary>
public sealed class SubjectDeliveryTests
{
    private const long Canary = ErasureScene.Canary;

    [Fact]
    public async Task Deliveries_are_named_that_hold_the_user()
    {
        await using var scene = await ErasureScene.CreateAsync(users: 5, inFile: false);
        await scene.Scene.MergeAsync();
        var full = await scene.DeliverAsync("Crm", EngagementSegment.HighlyEngaged);
        await scene.DeliverAsync("Other", EngagementSegment.Engaged);
        await scene.Scene.AddUserAsync(8, 95);
        await scene.Scene.MergeAsync(daysLater: 1);
        await scene.DeliverAsync("Crm", EngagementSegment.HighlyEngaged, DeliveryMode.Diff);
        await scene.Scene.RunAsync($"UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = 95 WHERE USER_ID = {Canary}");
        await scene.Scene.MergeAsync(daysLater: 2);
        var changed = await scene.DeliverAsync("Crm", EngagementSegment.HighlyEngaged, DeliveryMode.Diff);

        var plan = Assert.Single(await scene.EraseAsync(new EraseOptions([Canary], PlanOnly: true)));
        Assert.Equal([changed.Manifest, full.Manifest], plan.Deliveries.Select(delivery => delivery.Manifest));
        Assert.All(
            plan.Deliveries,
            delivery => Assert.Contains($"{Canary}", File.ReadAllText(Assert.Single(delivery.Files)), StringComparison.Ordinal));
        var folder = Path.Combine(scene.Test.Folder, "handover");
        var result = Assert.Single(await scene.EraseAsync(new EraseOptions([Canary], folder)));

        Assert.Equal(plan.Deliveries.Select(delivery => delivery.DeliveryId), result.Deliveries.Select(delivery => delivery.DeliveryId));
        Assert.Equal(
            $"CHANGE,USER_ID\nremoved,{Canary}\n",
            await File.ReadAllTextAsync(Assert.Single(result.RemovalFiles), TestWarehouse.Token));
        Assert.Equal(result.RemovalFiles, Directory.GetFiles(folder));
        // The next delivery tells nothing of who is gone, and nothing else is missing.
        var next = await scene.DeliverAsync("Crm", EngagementSegment.HighlyEngaged, DeliveryMode.Diff);
        Assert.Equal((0, 0, 0), (next.Added, next.Changed, next.Removed));
    }

    [Fact]
    public async Task Of_several_files_the_one_is_named_that_holds_the_user_and_after_erasures_those_that_may()
    {
        await using var scene = await ErasureScene.CreateAsync(users: 2, inFile: false);
        await scene.Scene.RunAsync("DELETE FROM DW_A.ENGAGEMENT_SCORE");
        await scene.Scene.AddUsersAsync(10_000, 49_999, 80);
        await scene.Scene.MergeAsync();
        var full = await scene.DeliverAsync("Crm", EngagementSegment.HighlyEngaged, partBytes: 1);
        Assert.Equal(4, full.Files.Count);

        foreach (var user in new long[] { 10_000, 19_999, 20_000, 33_333, 49_999 })
            Assert.Equal(FilesWith(user), await NamedAsync(user));
        await scene.EraseAsync(10_000, 10_001, 49_999);
        Assert.Equal(["part-00001.csv", "part-00002.csv"], await NamedAsync(19_999));
        Assert.Equal(["part-00002.csv"], await NamedAsync(25_000));

        async Task<IReadOnlyList<string>> NamedAsync(long user)
        {
            var plan = await scene.EraseAsync(new EraseOptions([user], PlanOnly: true));
            return [.. Assert.Single(Assert.Single(plan).Deliveries).Files.Select(file => Path.GetFileName(file))];
        }

        IReadOnlyList<string> FilesWith(long user) =>
        [
            .. Directory.GetFiles(Path.GetDirectoryName(full.Manifest)!, "part-*").Order(StringComparer.Ordinal)
                .Where(file => File.ReadLines(file).Any(line => line.StartsWith($"{user},", StringComparison.Ordinal)))
                .Select(file => Path.GetFileName(file)),
        ];
    }

    [Fact]
    public async Task Sources_that_are_kept_elsewhere_are_named_and_not_changed()
    {
        await using var scene = await ErasureScene.CreateAsync(users: 2, inFile: false);
        await scene.Scene.RunAsync(
            "CREATE TABLE DW_B.KEPT AS FROM DW_B.SUPPORT_CALLS", "DROP TABLE DW_B.SUPPORT_CALLS",
            "CREATE VIEW DW_B.SUPPORT_CALLS AS SELECT * FROM DW_B.KEPT");

        var result = Assert.Single(await scene.EraseAsync(Canary));

        Assert.Equal(["DW_B.SUPPORT_CALLS"], result.KeptElsewhere);
        Assert.Equal(
            ["Sources that are kept elsewhere are not changed: erase there too, in DW_B.SUPPORT_CALLS."], scene.Test.Reporter.Warnings);
        Assert.Single(await scene.Test.RowsAsync($"SELECT * FROM DW_B.KEPT WHERE USER_ID = {Canary}"));
        await scene.Scene.MergeAsync();
        Assert.Empty(await scene.Test.RowsAsync($"SELECT * FROM LOYALTY.MASTER WHERE USER_ID = {Canary}"));
        Assert.Empty(await scene.Test.RowsAsync("SELECT * FROM LOYALTY.QUARANTINE WHERE SOURCE_TABLE = 'DW_B.SUPPORT_CALLS'"));
        // The profile comes back as well, past imports.
        await scene.Scene.RunAsync(
            $"""
            INSERT INTO DW_A.USER_PROFILE
            VALUES ({Canary}, NULL, NULL, NULL, 'EU', 'standard', 'active', TRUE, '2023-01-01', '2024-01-01')
            """);
        await scene.Scene.MergeAsync();
        var checks = await new IntegrityRunner(scene.Test.Pipeline).RunAsync(
            scene.Test.Warehouse,
            new IntegrityOptions { Checks = ["LOYALTY.MASTER.users", "DW_A.USER_PROFILE.merged", "DW_B.SUPPORT_CALLS.merged"] },
            scene.Test.Reporter, TestWarehouse.Token);
        Assert.Equal([CheckStatus.Passed, CheckStatus.Passed, CheckStatus.Passed], checks.Select(check => check.Status));
    }
}
