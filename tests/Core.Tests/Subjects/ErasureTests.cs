using System.Text;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Subjects;

/// <summary>A user who is erased is nowhere in the warehouse any more, not in the bytes of its file either.</summary>
public sealed class ErasureTests
{
    private const long Canary = ErasureScene.Canary;

    [Fact]
    public async Task Nothing_of_an_erased_user_is_in_any_table_or_byte_of_the_warehouse()
    {
        await using var scene = await ErasureScene.CreateAsync();
        await scene.Scene.MergeAsync();
        await scene.Scene.RunAsync("UPDATE DW_A.ENGAGEMENT_SCORE SET SCORE = SCORE + 3");
        await scene.Scene.MergeAsync(daysLater: 1);
        await scene.Scene.RunAsync($"INSERT INTO LOYALTY.SUPPRESSION (USER_ID, REASON, SINCE) VALUES ({Canary}, NULL, NULL)");
        // An engine keeps free blocks where rows were.
        await scene.Scene.RunAsync("CHECKPOINT");
        Assert.NotEmpty(FoundIn(scene));

        var result = Assert.Single(await scene.EraseAsync(Canary));

        Assert.Equal((ErasureOutcome.Erased, StorageCleanup.Done), (result.Outcome, result.Storage));
        Assert.Equal(
            [
                "DW_A.USER_PROFILE: 1", "DW_A.USER_ACTIVITY: 2", "DW_A.ENGAGEMENT_SCORE: 1", "DW_A.REPEAT_ENGAGEMENTS: 1",
                "DW_B.FEATURE_ADOPTION: 1", "DW_B.RETENTION_ACTION: 1", "DW_B.SUPPORT_CALLS: 1", "DW_B.SUPPORT_CHATS: 1",
                "DW_B.ISSUE_TICKETS: 1", "DW_B.SERVICE_REQUESTS: 1", "DW_B.PRODUCT_SUPPORT_USAGE: 1",
                "LOYALTY.MASTER: 1", "LOYALTY.HISTORY: 2", "LOYALTY.SUPPRESSION: 1", "LOYALTY.QUARANTINE: 2",
            ],
            result.Removed.Select(rows => rows.ToString()));
        Assert.Empty(FoundIn(scene));
        Assert.Empty(await NamedAsync(scene));
        Assert.Equal([], scene.Test.Reporter.Warnings.Where(warning => warning.Contains("due", StringComparison.Ordinal)));
        var run = (await scene.Scene.RunsAsync())[0];
        Assert.Equal((result.RunId, RunKind.Erase, RunStatus.Succeeded, 18), (run.RunId, run.Kind, run.Status, run.Deleted));
        await scene.Scene.AssertUnlockedAsync();
    }

    [Fact]
    public async Task The_others_and_their_days_stay_and_all_checks_that_passed_still_pass()
    {
        await using var scene = await ErasureScene.CreateAsync();
        await scene.Scene.MergeAsync();
        await scene.Scene.MergeAsync(daysLater: 1);
        await scene.DeliverAsync("Crm", EngagementSegment.HighlyEngaged);
        await scene.DeliverAsync("Mail", EngagementSegment.Engaged);
        var passed = await StatesAsync(scene);
        var others = await OthersAsync(scene);

        await scene.EraseAsync(Canary, 7);

        Assert.Equal(others, await OthersAsync(scene));
        Assert.Equal(
            ["2024-03-31|19", "2024-04-01|19"],
            await scene.Test.RowsAsync("SELECT SNAPSHOT_DATE, ROW_COUNT FROM LOYALTY.SNAPSHOT ORDER BY 1"));
        Assert.Equal(passed, await StatesAsync(scene));
        var merged = await scene.Scene.MergeAsync(daysLater: 1);
        Assert.Equal((MergeOutcome.Unchanged, 19), (merged.Outcome, merged.Users));
        Assert.Equal(passed, await StatesAsync(scene));

        async Task<string> OthersAsync(ErasureScene from) => string.Join('\n', [
            .. await from.Test.RowsAsync($"SELECT * FROM LOYALTY.HISTORY WHERE USER_ID NOT IN ({Canary}, 7) ORDER BY ALL"),
            .. await from.Test.RowsAsync("SELECT * FROM LOYALTY.METRIC ORDER BY ALL"),
            .. await from.Test.RowsAsync("SELECT * FROM LOYALTY.ADOPTION ORDER BY ALL"),
        ]);
    }

    [Fact]
    public async Task Who_was_erased_comes_back_neither_by_import_nor_by_merge_until_released()
    {
        await using var scene = await ErasureScene.CreateAsync(users: 3);
        await scene.Scene.MergeAsync();
        await scene.EraseAsync(Canary);
        var profiles = scene.Test.Write(
            "USER_PROFILE.csv",
            $"""
            USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT
            {Canary},{ErasureScene.Values[0]},N,,EU,standard,active,true,2023-01-01,2024-02-01
            {Canary},{ErasureScene.Values[0]},N,,EU,golden,active,true,2023-01-01,2024-02-01
            8,h@example.com,N,,EU,standard,active,true,2023-01-01,2024-02-01

            """);
        var activity = scene.Test.Write(
            "USER_ACTIVITY.csv",
            $"""
            ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT,AMOUNT,RATING
            5,{Canary},login,2024-03-01,,
            6,{Canary},nonsense,2024-03-01,,
            7,8,login,2024-03-01,,

            """);

        var imported = await scene.Test.ImportAsync(profiles);
        var clean = await scene.Test.ImportAsync(activity);
        // As somebody may who works past imports.
        await scene.AddCanaryAsync();
        await scene.Scene.MergeAsync(daysLater: 1);

        Assert.Equal((3, 2, 1, 0), (imported.RowsRead, imported.Erased, imported.RowsUsed, imported.Rejected));
        Assert.Equal((3, 2, 1, 0), (clean.RowsRead, clean.Erased, clean.RowsUsed, clean.Rejected));
        Assert.Equal(["1", "2", "3", "8"], await scene.Test.RowsAsync("SELECT USER_ID FROM LOYALTY.MASTER ORDER BY 1"));
        Assert.Empty(await scene.Test.RowsAsync(
            $"SELECT * FROM LOYALTY.QUARANTINE WHERE ROW_KEY LIKE '%{Canary}%' OR DETAIL LIKE '%{Canary}%' OR DETAIL LIKE '%line%'"));
        Assert.Empty(await scene.Test.RowsAsync("SELECT * FROM LOYALTY.RUN_SOURCE WHERE ROWS_READ <> ROWS_USED + ROWS_QUARANTINED"));

        Assert.Equal(ErasureOutcome.AlreadyErased, Assert.Single(await scene.EraseAsync(Canary)).Outcome);
        Assert.Equal(ErasureOutcome.Released, Assert.Single(await scene.ReleaseAsync(Canary)).Outcome);
        Assert.Equal(ErasureOutcome.NotErased, Assert.Single(await scene.ReleaseAsync(Canary)).Outcome);
        var again = await scene.Test.ImportAsync(profiles);
        await scene.Scene.MergeAsync(daysLater: 1);
        Assert.Equal((0, 1), (again.Erased, again.Rejected));
        Assert.Equal(["1", "2", "3", "8", $"{Canary}"], await scene.Test.RowsAsync("SELECT USER_ID FROM LOYALTY.MASTER ORDER BY 1"));
    }

    [Fact]
    public async Task Texts_of_logs_lose_the_user_and_nothing_else()
    {
        await using var scene = await ErasureScene.CreateAsync(users: 2, inFile: false);
        await scene.Scene.RunAsync(
            $"""
            INSERT INTO LOYALTY.RUN (RUN_ID, KIND, STATUS, ERROR_MESSAGE)
            VALUES ('r', 'Merge', 'Failed', 'Master would have more than one row, or none it can name, for USER_ID {Canary}, 47112, 1.')
            """,
            $"""
            INSERT INTO LOYALTY.CHECK_RESULT (RUN_ID, CHECK_ID, VIOLATION_SAMPLE, MESSAGE)
            VALUES
                ('r', 'a', 'USER_ID={Canary}, SCORE_DATE=2024-03-01' || chr(10) || 'USER_ID={Canary}2' || chr(10)
                    || 'ACTIVITY_ID=2: range' || chr(10) || 'ACTIVITY_ID=22' || chr(10)
                    || 'name {ErasureScene.Values[1].ToUpperInvariant()}', 'm'),
                ('r', 'b', 'USER_ID={Canary}', '{Canary} of 5 rows')
            """);

        var result = Assert.Single(await scene.EraseAsync(Canary));

        Assert.Equal("LOYALTY.CHECK_RESULT: 2, LOYALTY.RUN: 1", string.Join(", ", result.Removed.TakeLast(2)));
        Assert.Equal(
            [$"a|USER_ID={Canary}2\nACTIVITY_ID=22|m", $"b|NULL|{Canary} of 5 rows"],
            await scene.Test.RowsAsync("SELECT CHECK_ID, VIOLATION_SAMPLE, MESSAGE FROM LOYALTY.CHECK_RESULT ORDER BY 1"));
        Assert.Equal(
            ["Master would have more than one row, or none it can name, for USER_ID ***, 47112, 1."],
            await scene.Test.RowsAsync("SELECT ERROR_MESSAGE FROM LOYALTY.RUN WHERE RUN_ID = 'r'"));
    }

    [Fact]
    public async Task A_plan_tells_the_same_and_writes_nothing()
    {
        await using var scene = await ErasureScene.CreateAsync(users: 2);
        await scene.Scene.MergeAsync();
        var before = await EverythingAsync(scene);

        var plan = Assert.Single(await scene.EraseAsync(new EraseOptions([Canary], PlanOnly: true)));

        Assert.Equal(before, await EverythingAsync(scene));
        var done = Assert.Single(await scene.EraseAsync(Canary));
        Assert.Equal((ErasureOutcome.Planned, StorageCleanup.NotNeeded, string.Empty), (plan.Outcome, plan.Storage, plan.RunId));
        Assert.Equal(string.Join(", ", done.Removed), string.Join(", ", plan.Removed));
    }

    [Fact]
    public async Task Somebody_else_in_the_warehouse_puts_the_rebuilding_off_and_the_next_run_does_it()
    {
        await using var scene = await ErasureScene.CreateAsync(users: 2);
        await scene.Scene.MergeAsync();
        await using (await scene.Test.Warehouse.OpenSessionAsync(TestWarehouse.Token))
        {
            Assert.Equal(StorageCleanup.Due, Assert.Single(await scene.EraseAsync(Canary)).Storage);
        }

        Assert.Single(
            scene.Test.Reporter.Warnings,
            warning => warning.Contains("It is due: run Remove-LoyaltyUser -Compact", StringComparison.Ordinal));
        Assert.NotEmpty(FoundIn(scene));
        Assert.Equal(StorageCleanup.Done, Assert.Single(await scene.EraseAsync(Canary)).Storage);
        Assert.Empty(FoundIn(scene));
        Assert.Equal(StorageCleanup.NotNeeded, Assert.Single(await scene.EraseAsync(Canary)).Storage);
    }

    [Fact]
    public async Task A_failure_anywhere_leaves_the_user_and_a_log_without_values()
    {
        await using var scene = await ErasureScene.CreateAsync(users: 2);
        await scene.Scene.MergeAsync();
        var statements = 0;
        await new UserEraser(scene.Test.Pipeline).EraseAsync(
            new ObservedWarehouse(scene.Test.Warehouse, _ => statements++), new EraseOptions([999]), scene.Test.Reporter,
            TestWarehouse.Token);
        string[] logs = ["RUN", "RUN_STEP", "ERASURE_KEY", "AUDIT", "AUDIT_HEAD"];
        var before = await EverythingAsync(scene, logs);
        var failures = 0;
        var folder = Path.Combine(scene.Test.Folder, "handover");

        for (var number = 1; number < statements; number += number < statements - 12 ? 7 : 1)
        {
            var count = 0;
            var failing = new ObservedWarehouse(scene.Test.Warehouse, sql =>
            {
                if (++count == number)
                    throw LoyaltyErrors.QueryFailed.Because("planted");
            });
            if (await TryAsync(failing))
                continue;
            failures++;
            Assert.Equal(before, await EverythingAsync(scene, logs));
            Assert.True(!Directory.Exists(folder) || Directory.GetFiles(folder).Length == 0);
            await scene.Scene.AssertUnlockedAsync();
        }

        Assert.InRange(failures, 3, statements);
        var logged = string.Join(
            '\n', [.. await scene.Test.RowsAsync("SELECT * FROM LOYALTY.RUN"), .. await scene.Test.RowsAsync("SELECT * FROM LOYALTY.AUDIT")]);
        Assert.DoesNotContain(ErasureScene.Values, value => logged.Contains(value, StringComparison.Ordinal));

        async Task<bool> TryAsync(ObservedWarehouse warehouse)
        {
            try
            {
                await new UserEraser(scene.Test.Pipeline).EraseAsync(
                    warehouse, new EraseOptions([Canary], folder), scene.Test.Reporter, TestWarehouse.Token);
                // Only what comes after the commit may fail without a word.
                return (await scene.Test.RowsAsync($"SELECT 1 FROM LOYALTY.MASTER WHERE USER_ID = {Canary}")).Count == 0;
            }
            catch (LoyaltyException exception) when (exception.Message == "planted")
            {
                return (await scene.Test.RowsAsync($"SELECT 1 FROM LOYALTY.MASTER WHERE USER_ID = {Canary}")).Count == 0;
            }
        }
    }

    private static async Task<IReadOnlyList<string>> StatesAsync(ErasureScene scene)
    {
        var results = await new IntegrityRunner(scene.Test.Pipeline).RunAsync(
            scene.Test.Warehouse, new IntegrityOptions(), scene.Test.Reporter, TestWarehouse.Token);
        return [.. results.Where(result => result.Status is not CheckStatus.Passed and not CheckStatus.Skipped)
            .Where(result => !result.CheckId.StartsWith("DW_A.USER_ACTIVITY", StringComparison.Ordinal))
            .Select(result => $"{result.CheckId} {result.Status} {result.Message}")];
    }

    private static async Task<string> EverythingAsync(ErasureScene scene, params string[] without)
    {
        var rows = new List<string>();
        foreach (var table in scene.Test.Pipeline.Catalog.Tables.Where(
            table => table.Kind != TableKind.View && !without.Contains(table.Name.Table)))
            rows.AddRange([table.ToString(), .. await scene.Test.RowsAsync($"SELECT * FROM {table} ORDER BY ALL")]);
        return string.Join('\n', rows);
    }

    private static async Task<IReadOnlyList<string>> NamedAsync(ErasureScene scene) =>
        [.. (await EverythingAsync(scene)).Split('\n').Where(row => row.Contains($"{Canary}", StringComparison.Ordinal))];

    private static IReadOnlyList<string> FoundIn(ErasureScene scene) =>
    [
        .. from file in Directory.GetFiles(Path.GetDirectoryName(scene.Location)!, "*", SearchOption.AllDirectories)
           let bytes = File.ReadAllBytes(file)
           from value in ErasureScene.Values
           where bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(value)) >= 0
           select $"{Path.GetFileName(file)} {value}",
    ];
}
