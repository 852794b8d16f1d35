using LoyaltyPipeline.Core.Tests.Merging;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Schema;

/// <summary>A column that the script and the catalog gain appears in Master and History by itself.</summary>
public sealed class NewColumnTests
{
    private const string Declaration =
        "      - {name: EMAIL_DOMAIN, type: VARCHAR, nullable: true, anonymized: generalize, from: [DW_A.USER_PROFILE.EMAIL], description: What follows the at sign.}\n";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Merging_adds_it_and_earlier_History_says_NULL(int daysLater)
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync(daysLater: -1);
        await scene.ScoreAsync(1, 60);
        await scene.MergeAsync();
        await scene.RunAsync("UPDATE DW_A.USER_PROFILE SET EMAIL = NULL WHERE USER_ID = 2");
        await scene.MergeAsync();
        Grow(scene);

        var plan = await scene.MergeAsync(daysLater, planOnly: true);
        Assert.Empty(await scene.Test.RowsAsync("SELECT * FROM information_schema.columns WHERE column_name = 'EMAIL_DOMAIN'"));
        var result = await scene.MergeAsync(daysLater);

        Assert.Equal((1, 1), (plan.Updated, plan.Unchanged));
        Assert.Equal((1, 1, MergeOutcome.Written), (result.Updated, result.Unchanged, result.Outcome));
        Assert.Equal(
            ["1|example.com", "2|NULL"], await scene.Test.RowsAsync("SELECT USER_ID, EMAIL_DOMAIN FROM LOYALTY.MASTER ORDER BY 1"));
        string[] versions = daysLater == 0
            ? ["1|2024-03-30|2024-03-31|NULL", "1|2024-03-31|NULL|example.com", "2|2024-03-30|2024-03-31|NULL", "2|2024-03-31|NULL|NULL"]
            : ["1|2024-03-30|2024-03-31|NULL", "1|2024-03-31|2024-04-01|NULL", "1|2024-04-01|NULL|example.com",
                "2|2024-03-30|2024-03-31|NULL", "2|2024-03-31|NULL|NULL"];
        Assert.Equal(
            versions, await scene.Test.RowsAsync("SELECT USER_ID, VALID_FROM, VALID_TO, EMAIL_DOMAIN FROM LOYALTY.HISTORY ORDER BY 1, 2"));
        Assert.Equal(MergeOutcome.Unchanged, (await scene.MergeAsync(daysLater)).Outcome);
    }

    [Fact]
    public async Task A_conflict_of_types_stops_the_merge()
    {
        await using var scene = await MergeScene.CreateAsync(users: 2);
        await scene.MergeAsync();
        await scene.RunAsync("ALTER TABLE LOYALTY.HISTORY ADD COLUMN EMAIL_DOMAIN INTEGER");
        Grow(scene);

        await scene.RefusedAsync("SchemaConflict", RunStatus.Failed);
    }

    private static void Grow(MergeScene scene) => scene.ChangeDefinition(
        script => script.Replace(
            "    users.EMAIL,\n", "    users.EMAIL,\n    SPLIT_PART(users.EMAIL, '@', 2) AS EMAIL_DOMAIN,\n", StringComparison.Ordinal),
        catalog => catalog.Replace("  - name: LOYALTY.HISTORY\n", $"{Declaration}\n  - name: LOYALTY.HISTORY\n", StringComparison.Ordinal));
}
