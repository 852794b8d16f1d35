using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Quarantine;

/// <summary>The quarantine as it is read.</summary>
public sealed class QuarantineReaderTests
{
    [Fact]
    public async Task Rows_say_their_key_rule_and_what_was_wrong()
    {
        await using var scene = await DirtyAsync();
        var run = await scene.MergeAsync();

        const string Scores = "DW_A.ENGAGEMENT_SCORE";
        Assert.Equal(
            Facts.Of(new QuarantinedRow[]
            {
                new(run.RunId, Scores, "USER_ID=1, SCORE_DATE=NULL", "null_key", "SCORE_DATE is missing", true),
                new(run.RunId, Scores, "USER_ID=99, SCORE_DATE=2024-03-02", "orphan", "USER_ID 99 is no user of DW_A.USER_PROFILE", true),
                new(run.RunId, Scores, "USER_ID=1, SCORE_DATE=2024-03-02", "range", "SCORE is above 100", true),
                new(
                    run.RunId, "DW_B.SERVICE_REQUESTS", "REQUEST_ID=1", "accepted_values", "STATUS is none of open, fulfilled, declined",
                    true),
            }),
            Facts.Of(await ReadAsync(scene, new QuarantineQuery())));
    }

    [Fact]
    public async Task They_are_chosen_by_run_source_rule_and_number()
    {
        await using var scene = await DirtyAsync();
        var first = await scene.MergeAsync();
        var second = await scene.MergeAsync();

        Assert.Equal(8, (await ReadAsync(scene, new QuarantineQuery())).Count);
        Assert.All(await ReadAsync(scene, new QuarantineQuery(First: 4)), row => Assert.Equal(second.RunId, row.RunId));
        Assert.Equal(4, (await ReadAsync(scene, new QuarantineQuery([first.RunId]))).Count);
        Assert.Equal(2, (await ReadAsync(scene, new QuarantineQuery(SourceTables: ["DW_B.SERVICE_REQUESTS"]))).Count);
        Assert.Equal(
            ["range"],
            (await ReadAsync(scene, new QuarantineQuery([first.RunId], ["DW_A.ENGAGEMENT_SCORE"], [RejectionRule.Range]))).Select(
                row => row.Rule));
        Assert.Empty(await ReadAsync(scene, new QuarantineQuery(Rules: ["' OR ''='"])));
    }

    [Fact]
    public async Task Nothing_personal_is_quoted()
    {
        await using var scene = await MergeScene.CreateAsync(users: 1);
        await scene.RunAsync(
            "INSERT INTO DW_A.USER_PROFILE VALUES (2, 'secret@example.com', 'Secret Name', '+32 555', 'EU', 'gold', 'active', TRUE, '2023-01-01', '2024-01-01'), (NULL, 'secret@example.com', 'Secret Name', '+32 555', 'EU', 'plus', 'active', TRUE, '2023-01-01', '2024-01-01')");
        await scene.MergeAsync();

        Assert.All(await ReadAsync(scene, new QuarantineQuery()), row => Assert.DoesNotMatch("(?i)secret|555", Facts.Of(row)));
    }

    private static async Task<MergeScene> DirtyAsync()
    {
        var scene = await MergeScene.CreateAsync(users: 1);
        await scene.RunAsync(
            "INSERT INTO DW_A.ENGAGEMENT_SCORE VALUES (1, '2024-03-02', 101), (99, '2024-03-02', 5), (1, NULL, 5)",
            "INSERT INTO DW_B.SERVICE_REQUESTS VALUES (1, 1, 'service', '2024-03-02', 'OPEN')");
        return scene;
    }

    private static async Task<List<QuarantinedRow>> ReadAsync(MergeScene scene, QuarantineQuery query)
    {
        var rows = new List<QuarantinedRow>();
        await foreach (var row in QuarantineReader.ReadAsync(scene.Test.Warehouse, query, scene.Test.Reporter, TestWarehouse.Token))
            rows.Add(row);
        return rows;
    }
}
