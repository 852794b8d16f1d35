using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Status;
using LoyaltyPipeline.Core.Tests.Integrity;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Undoing;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Status;

/// <summary>What the status says of a warehouse in which all is well, and of one in which one thing is not.</summary>
public sealed class StatusTests(CleanWarehouse clean) : IClassFixture<CleanWarehouse>
{
    private static readonly DateOnly Day = CleanWarehouse.LastDay;

    [Fact]
    public async Task All_is_well_and_nothing_is_written()
    {
        await using var test = await TestedAsync();
        var before = await RowsAsync(test);

        var status = await ReadAsync(test);

        Assert.Equal((true, $"All is well, as of {Day:yyyy-MM-dd}.", 0), (status.IsWell, status.Verdict, status.Reasons.Count));
        Assert.Equal((Day.ToDateTime(TimeOnly.MinValue), 0, null), (status.NewestDay, status.DaysMissing, status.HeldBy));
        Assert.Equal(await test.RowsAsync("SELECT COUNT(*) FROM LOYALTY.MASTER"), [$"{status.Users}"]);
        Assert.Equal(["CustomerSuccess", "Marketing"], status.Deliveries.Select(delivery => delivery.Consumer));
        Assert.True(status.Checks > 100);
        Assert.Equal(new FileInfo(test.Warehouse.Location).Length, status.WarehouseBytes);
        Assert.True(status.FreeBytes > 0);
        Assert.Equal(before, await RowsAsync(test));
    }

    [Theory]
    [InlineData("DELETE FROM LOYALTY.CHECK_RESULT; DELETE FROM LOYALTY.RUN WHERE KIND = 'Test'", "No checks have been made yet.")]
    [InlineData(
        "UPDATE LOYALTY.CHECK_RESULT SET STATUS = 'Failed' WHERE CHECK_ID = 'LOYALTY.MASTER.unique'",
        "1 of * checks did not pass: LOYALTY.MASTER.unique.")]
    [InlineData(
        "UPDATE LOYALTY.CHECK_RESULT SET STATUS = 'Error' WHERE CHECK_ID LIKE 'LOYALTY.MASTER.EMAIL%' OR CHECK_ID LIKE 'LOYALTY.MASTER.U%' OR CHECK_ID LIKE 'LOYALTY.MASTER.P%'",
        "* of * checks did not pass: LOYALTY.MASTER.*, ….")]
    [InlineData(
        "UPDATE LOYALTY.DELIVERY SET STATUS = 'Started' WHERE CONSUMER = 'Marketing'",
        "The last delivery to Marketing, of 2026-06-30, was begun and has not come to its end.")]
    [InlineData(
        "UPDATE LOYALTY.DELIVERY SET RUN_DATE = '2026-06-29' WHERE CONSUMER = 'Marketing'",
        "The last delivery to Marketing, of 2026-06-29, is older than the newest day.")]
    [InlineData(
        "UPDATE LOYALTY.RUN_SOURCE SET NEWEST_EVENT_AT = '2026-06-20 10:00:00' WHERE SOURCE_TABLE = 'DW_A.USER_ACTIVITY'",
        "Sources are behind: DW_A.USER_ACTIVITY by 10 days.")]
    [InlineData(
        "INSERT INTO LOYALTY.RUN BY NAME SELECT * REPLACE ('9' AS RUN_ID, 'Refused' AS STATUS, 'GuardTripped' AS ERROR_ID) FROM LOYALTY.RUN WHERE KIND = 'Merge' AND RUN_DATE = '2026-06-30' LIMIT 1",
        "The last merge, of 2026-06-30, was refused: GuardTripped.")]
    [InlineData(
        "INSERT INTO LOYALTY.RUN BY NAME SELECT * REPLACE ('9' AS RUN_ID, 'Import' AS KIND, 'Failed' AS STATUS, 'FileInUse' AS ERROR_ID) FROM LOYALTY.RUN LIMIT 1; INSERT INTO LOYALTY.RUN_SOURCE VALUES ('9', 'DW_A.USER_ACTIVITY', 0, 0, 0, NULL, 0)",
        "The last import of DW_A.USER_ACTIVITY failed: FileInUse.")]
    public async Task One_thing_that_is_not_well_is_the_reason(string damage, string reason)
    {
        await using var test = await TestedAsync();
        await test.ExecuteAsync(damage);

        var status = await ReadAsync(test);

        var said = Assert.Single(status.Reasons);
        Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(reason).Replace(@"\*", ".+", StringComparison.Ordinal)}$", said);
        Assert.Equal((false, $"Not all is well, as of {Day:yyyy-MM-dd}."), (status.IsWell, status.Verdict));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, "A day up to yesterday has not been merged: the newest is 2026-06-30.")]
    [InlineData(4, "3 days up to yesterday have not been merged: the newest is 2026-06-30.")]
    public async Task Days_that_are_over_ought_to_be_merged(int daysLater, string? reason)
    {
        await using var test = await TestedAsync();

        Assert.Equal(reason is null ? [] : [reason], (await ReadAsync(test, daysLater)).Reasons);
    }

    [Fact]
    public async Task A_merge_after_the_checks_and_a_day_that_was_taken_back_are_said()
    {
        await using var test = await TestedAsync();
        await test.MergeAsync(Day, force: true);
        Assert.Equal(["Checks were last made before the newest merge."], (await ReadAsync(test)).Reasons);

        await new MergeUndoer(test.Pipeline).UndoAsync(test.Warehouse, new UndoOptions(Day), test.Reporter, TestWarehouse.Token);

        Assert.Equal(
            [$"A day up to yesterday has not been merged: the newest is {Day.AddDays(-1):yyyy-MM-dd}.",
                $"The last delivery to CustomerSuccess, of {Day:yyyy-MM-dd}, is of a day that was taken back.",
                $"The last delivery to Marketing, of {Day:yyyy-MM-dd}, is of a day that was taken back."],
            (await ReadAsync(test)).Reasons);
    }

    [Fact]
    public async Task An_earlier_day_that_is_delivered_later_is_not_the_last_delivery()
    {
        await using var test = await TestedAsync();
        await test.ExecuteAsync(
            """
            INSERT INTO LOYALTY.DELIVERY BY NAME SELECT * REPLACE (
                SEQUENCE_NUMBER + 100 AS SEQUENCE_NUMBER, 'backfill' AS DELIVERY_ID, TRUE AS IS_BACKFILL, DATE '2026-06-01' AS RUN_DATE)
            FROM LOYALTY.DELIVERY WHERE CONSUMER = 'Marketing' ORDER BY SEQUENCE_NUMBER DESC LIMIT 1
            """);

        var status = await ReadAsync(test);

        Assert.Empty(status.Reasons);
        Assert.DoesNotContain(status.Deliveries, delivery => delivery.IsBackfill);
    }

    [Fact]
    public async Task Moves_are_those_since_the_day_before()
    {
        await using var test = await TestedAsync();
        var expected = await test.RowsAsync(
            $"""
            SELECT b.ENGAGEMENT_SEGMENT, a.ENGAGEMENT_SEGMENT, COUNT(*)
            FROM (FROM LOYALTY.HISTORY_SNAPSHOT WHERE SNAPSHOT_DATE = '{Day.AddDays(-1):yyyy-MM-dd}') AS b
            FULL JOIN (FROM LOYALTY.HISTORY_SNAPSHOT WHERE SNAPSHOT_DATE = '{Day:yyyy-MM-dd}') AS a USING (USER_ID)
            WHERE b.ENGAGEMENT_SEGMENT IS DISTINCT FROM a.ENGAGEMENT_SEGMENT GROUP BY ALL
            """);

        var status = await ReadAsync(test);

        Assert.NotEmpty(expected);
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            status.SegmentMoves.Select(move => $"{move.From ?? "NULL"}|{move.To ?? "NULL"}|{move.Users}").Order(StringComparer.Ordinal));
        Assert.Equal(
            await test.RowsAsync($"SELECT MAX(ROW_COUNT) - MIN(ROW_COUNT) FROM LOYALTY.SNAPSHOT WHERE SNAPSHOT_DATE >= '{Day.AddDays(-1):yyyy-MM-dd}'"),
            [$"{status.UsersChange}"]);
    }

    [Fact]
    public async Task Without_a_day_nothing_is_well()
    {
        await using var test = await TestWarehouse.CreateAsync();

        var status = await ReadAsync(test);

        Assert.Equal(["No day has been merged yet."], status.Reasons);
        Assert.Equal(("Not all is well.", null, null, null), (status.Verdict, status.NewestDay, status.Users, status.WarehouseBytes));
    }

    [Fact]
    public async Task A_run_that_writes_is_named_and_one_that_has_died_is_not()
    {
        await using var test = await TestedAsync();
        await using (var held = await RunLock.TakeAsync(test.Warehouse, wait: null, test.Reporter, TestWarehouse.Token))
            Assert.Contains(held.Holder.RunId, (await ReadAsync(test)).HeldBy, StringComparison.Ordinal);
        Assert.Null((await ReadAsync(test)).HeldBy);

        await test.ExecuteAsync("UPDATE LOYALTY.RUN_LOCK SET RUN_ID = 'dead', HOST = 'there', PROCESS_ID = 1");

        Assert.Null((await ReadAsync(test)).HeldBy);
    }

    private async Task<TestWarehouse> TestedAsync()
    {
        var test = await clean.CopyAsync();
        await new IntegrityRunner(test.Pipeline).RunAsync(
            test.Warehouse,
            new IntegrityOptions { Suites = [CheckSuite.Sources, CheckSuite.Master, CheckSuite.History, CheckSuite.Deliveries] },
            test.Reporter, TestWarehouse.Token);
        return test;
    }

    private static Task<PipelineStatus> ReadAsync(TestWarehouse test, int daysLater = 1) => new StatusReader(test.Pipeline).ReadAsync(
        test.Warehouse, Day.AddDays(daysLater).ToDateTime(new TimeOnly(4, 0)), test.Reporter, TestWarehouse.Token);

    private static Task<IReadOnlyList<string>> RowsAsync(TestWarehouse test) => test.RowsAsync(
        string.Join(
            " UNION ALL ",
            test.Pipeline.Catalog.OwnTables.Where(table => table.Kind == TableKind.Warehouse).Select(
                table => $"SELECT '{table}', COUNT(*), SUM(CAST(HASH(t) AS HUGEINT)) FROM {table} AS t")));
}
