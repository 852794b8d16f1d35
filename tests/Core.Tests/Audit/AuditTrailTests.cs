using System.Globalization;
using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Hashing;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.Tests.Conformance;
using LoyaltyPipeline.Core.Tests.Merging;
using LoyaltyPipeline.Core.Tests.Runs;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Audit;

/// <summary>Whatever changes a warehouse is in its audit trail: who, what, when and with what outcome, and no person.</summary>
public sealed class AuditTrailTests
{
    private static readonly string[] Paths = ["C:\\landing\\ü|x.csv", "https://host/x?sig=secret"];

    private const string Trail = "SELECT CHAIN, SEQUENCE_NUMBER, ACTION, OUTCOME, ERROR_ID FROM LOYALTY.AUDIT ORDER BY 1, 2";

    [Theory]
    [MemberData(nameof(EngineWarehouse.All), MemberType = typeof(EngineWarehouse))]
    public async Task Each_run_has_an_entry_and_says_where_the_trail_ends(string engine)
    {
        await using var scene = await AuditScene.CreateAsync(engine);

        Assert.Equal(
            [
                "Beside|1|Begin|Succeeded|NULL", "Beside|2|Initialize|Succeeded|NULL", "Beside|3|Test|Succeeded|NULL",
                "Runs|1|Erase|Succeeded|NULL", "Runs|2|Erase|Succeeded|NULL", "Runs|3|Erase|Succeeded|NULL",
            ],
            await scene.Test.RowsAsync(Trail));
        var heads = await scene.Test.RowsAsync("SELECT CHAIN || ' ' || ENTRIES || ' ' || ENTRY_HASH FROM LOYALTY.AUDIT_HEAD");
        var result = await scene.VerifyAsync();
        Assert.Equal((CheckStatus.Passed, 6L), (result.Status, result.Total));
        Assert.All(heads, head => Assert.Contains(head, result.Message, StringComparison.Ordinal));
    }

    // Written out once more, so that an auditor can do without the module: docs/audit.md tells how.
    [Fact]
    public async Task The_hash_is_that_of_the_text_that_the_documentation_tells()
    {
        await using var scene = await AuditScene.CreateAsync("DuckDB");
        var rows = await scene.Test.RowsAsync(
            """
            SELECT CHAIN, SEQUENCE_NUMBER, STRFTIME(LOGGED_AT, '%Y-%m-%dT%H:%M:%S.%fZ'), ACTOR, HOST, ACTION, PARAMETERS, RUN_ID, OUTCOME, ERROR_ID,
                PREVIOUS_HASH, ENTRY_HASH
            FROM LOYALTY.AUDIT
            """);

        Assert.Equal(6, rows.Count);
        Assert.All(rows, row =>
        {
            var values = row.Split('|');
            var text = string.Concat(values[..^1].Select(value => value == "NULL"
                ? "-\n"
                : $"{System.Text.Encoding.UTF8.GetByteCount(value).ToString(CultureInfo.InvariantCulture)}:{value}\n"));
            Assert.Equal(values[^1], TextHash.Sha256("LoyaltyPipeline audit entry 1\n" + text));
        });
    }

    [Fact]
    public async Task A_run_that_failed_leaves_its_entry_with_the_error_and_without_its_words()
    {
        await using var scene = await FrameScene.CreateAsync();
        var run = scene.Run(written: () => throw LoyaltyErrors.QueryFailed.Because("user 4711 is wrong"));

        await Assert.ThrowsAsync<LoyaltyException>(() => run.RunLockedAsync(wait: null, TestWarehouse.Token));

        Assert.Empty(await scene.WrittenAsync());
        Assert.Equal(["Runs|1|Import|Failed|QueryFailed"], await scene.Test.RowsAsync(Trail));
        var entry = Assert.Single(await scene.Test.RowsAsync("SELECT * FROM LOYALTY.AUDIT"));
        Assert.DoesNotContain("4711", entry, StringComparison.Ordinal);
        Assert.Contains(run.RunId, entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_noted_is_not_done()
    {
        await using var scene = await FrameScene.CreateAsync();
        await scene.Test.ExecuteAsync("DELETE FROM LOYALTY.AUDIT_HEAD");

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => scene.Run().RunLockedAsync(wait: null, TestWarehouse.Token));

        Assert.Equal(LoyaltyErrors.AuditHeadMissing, failure.Definition);
        Assert.Empty(await scene.WrittenAsync());
        Assert.Empty(await scene.Test.RowsAsync("SELECT RUN_ID FROM LOYALTY.RUN"));
    }

    // What tests note meanwhile must not make a long run fail, nor break the chain.
    [Fact]
    public async Task Runs_that_go_on_beside_one_another_break_no_chain()
    {
        await using var scene = await FrameScene.CreateAsync();
        var beside = new List<Task>();
        var run = scene.Run(written: () =>
        {
            beside.AddRange(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TestAsync(scene))));
            // The transaction of the run is open: what is noted now, it does not see.
            Task.WaitAny([.. beside], TestWarehouse.Token);
        });

        await run.RunLockedAsync(wait: null, TestWarehouse.Token);
        await Task.WhenAll(beside);

        var verified = (await TestAsync(scene))[0];
        Assert.True(verified.Status == CheckStatus.Passed, verified.Message);
        Assert.Equal(
            ["Beside|9", "Runs|1"],
            await scene.Test.RowsAsync("SELECT CHAIN, COUNT(*) FROM LOYALTY.AUDIT WHERE ACTION IN ('Test', 'Import') GROUP BY 1 ORDER BY 1"));
    }

    [Fact]
    public async Task Two_who_write_the_same_entry_are_told_apart()
    {
        await using var scene = await AuditScene.CreateAsync("Snowflake");
        var draft = new AuditDraft(AuditAction.Initialize, AuditOutcome.Succeeded, []);
        var racing = Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var session = await scene.Test.Warehouse.OpenSessionAsync(EngineWarehouse.Token);
            await AuditLog.NoteAsync(session, AuditChain.Beside, draft, EngineWarehouse.Token);
        });

        await Task.WhenAll(racing);

        var verified = await scene.VerifyAsync();
        Assert.True(verified.Status == CheckStatus.Passed, verified.Message);
        Assert.Equal(12, verified.Total);
    }

    // As of another process, which waits at no gate of this one.
    [Fact]
    public async Task Who_comes_second_writes_nothing_over_the_first_and_tries_again()
    {
        await using var scene = await FrameScene.CreateAsync();
        var draft = new AuditDraft(AuditAction.Initialize, AuditOutcome.Succeeded, []);
        await using var other = await scene.Test.Warehouse.OpenSessionAsync(TestWarehouse.Token);
        var racing = true;
        await using var observed = new ObservedWarehouse(scene.Test.Warehouse, asked =>
        {
            if (!racing || !asked.StartsWith("INSERT INTO LOYALTY.AUDIT ", StringComparison.Ordinal))
                return;
            racing = false;
            AuditLog.AppendAsync(other, AuditChain.Runs, draft, TestWarehouse.Token).GetAwaiter().GetResult();
        });
        await using var session = await observed.OpenSessionAsync(TestWarehouse.Token);

        var failure = await Assert.ThrowsAsync<LoyaltyException>(
            () => AuditLog.AppendAsync(session, AuditChain.Runs, draft, TestWarehouse.Token));
        Assert.Equal(LoyaltyErrors.AuditHeadMoved, failure.Definition);
        // No transaction took it back here.
        await scene.Test.ExecuteAsync("DELETE FROM LOYALTY.AUDIT WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.AUDIT)");
        racing = true;
        await AuditLog.NoteAsync(session, AuditChain.Runs, draft, TestWarehouse.Token);

        var verified = (await TestAsync(scene))[0];
        Assert.True(verified.Status == CheckStatus.Passed, verified.Message);
        Assert.Equal(["3"], await scene.Test.RowsAsync("SELECT ENTRIES FROM LOYALTY.AUDIT_HEAD WHERE CHAIN = 'Runs'"));
    }

    [Fact]
    public async Task A_warehouse_of_an_earlier_version_begins_its_trail_with_what_it_had_logged()
    {
        await using var scene = await MergeScene.CreateAsync(users: 3);
        await scene.MergeAsync();
        await scene.MergeAsync(daysLater: 1);
        await scene.RunAsync("DROP TABLE LOYALTY.AUDIT; DROP TABLE LOYALTY.AUDIT_HEAD");

        // Who makes no tables says what is to be done; a merge makes them.
        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => new UserEraser(scene.Test.Pipeline).ReleaseAsync(
            scene.Test.Warehouse, new EraseOptions([1]), scene.Test.Reporter, TestWarehouse.Token));
        await scene.MergeAsync(daysLater: 2);
        await TestAsync(scene.Test);

        Assert.Equal((LoyaltyErrors.WarehouseNotInitialized, "LOYALTY.AUDIT"), (failure.Definition, failure.Target));
        // Two merges and the refused run.
        Assert.Equal(["""{"runs_before":3}"""], await scene.Test.RowsAsync("SELECT PARAMETERS FROM LOYALTY.AUDIT WHERE ACTION = 'Begin'"));
        var verified = (await TestAsync(scene.Test))[0];
        Assert.True(verified.Status == CheckStatus.Passed, verified.Message);
        await scene.RunAsync("DELETE FROM LOYALTY.RUN WHERE RUN_ID = (SELECT MIN(RUN_ID) FROM LOYALTY.RUN)");
        Assert.Equal(
            "1 runs that were logged before the trail began are no longer in LOYALTY.RUN", (await TestAsync(scene.Test))[0].Sample.Single());
    }

    [Fact]
    public void Each_kind_of_run_and_each_way_to_end_can_be_noted()
    {
        Assert.Empty(Enum.GetNames<RunKind>().Except(Enum.GetNames<AuditAction>()));
        Assert.Empty(Enum.GetNames<RunStatus>().Except(Enum.GetNames<AuditOutcome>()));
        var columns = PipelineLoader.Load(Repository.SqlFolder, configPath: null).Catalog.Table("LOYALTY.AUDIT").Columns;
        Assert.Equal(Enum.GetNames<AuditAction>(), columns.Single(column => column.Name == "ACTION").Accepted);
        Assert.Equal(Enum.GetNames<AuditOutcome>(), columns.Single(column => column.Name == "OUTCOME").Accepted);
        Assert.Equal(Enum.GetNames<AuditChain>(), columns.Single(column => column.Name == "CHAIN").Accepted);
    }

    [Fact]
    public void Parameters_have_one_spelling_and_no_credentials()
    {
        var parameters = new AuditParameters
        {
            { "b", "s3://key:secret@bucket/a?X-Amz-Signature=1#x" },
            { "a", Paths },
            { "none", null },
            { "day", new DateOnly(2026, 6, 30) },
            { "n", 7L },
            { "yes", true },
        };

        Assert.Equal(
            """{"a":["C:\\landing\\ü|x.csv","https://host/x"],"b":"s3://bucket/a","day":"2026-06-30","n":7,"yes":true}""",
            parameters.ToJson());
    }

    private static Task<IReadOnlyList<CheckResult>> TestAsync(FrameScene scene) => TestAsync(scene.Test);

    private static Task<IReadOnlyList<CheckResult>> TestAsync(TestWarehouse test) => new IntegrityRunner(test.Pipeline).RunAsync(
        test.Warehouse, new IntegrityOptions { Checks = ["LOYALTY.AUDIT.chain"] }, test.Reporter, TestWarehouse.Token);
}
