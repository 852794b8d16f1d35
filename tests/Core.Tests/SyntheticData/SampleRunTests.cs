using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.SyntheticData;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>A sample in the source tables is a run of the log; one in files is not.</summary>
public sealed class SampleRunTests
{
    private static readonly SyntheticDataOptions Options = new() { Users = 5, Days = 20 };

    [Fact]
    public async Task A_sample_is_in_the_log_with_the_rows_that_it_wrote_and_replaced()
    {
        await using var test = await TestWarehouse.CreateAsync();

        var first = await WriteAsync(test, replace: false);
        var second = await WriteAsync(test, replace: true);

        var runs = await RunsAsync(test);
        Assert.All(
            runs,
            run => Assert.Equal(
                (RunKind.Sample, RunStatus.Succeeded, test.Pipeline.ModuleVersion), (run.Kind, run.Status, run.ModuleVersion)));
        Assert.Equal([(second.Rows, first.Rows), (first.Rows, 0)], runs.Select(run => (run.Inserted, run.Deleted)));
        Assert.Equal(("Write", first.Rows), (Assert.Single(runs[1].Steps).Step, runs[1].Steps[0].RowCount));
        Assert.Equal(["NULL"], await test.RowsAsync("SELECT RUN_ID FROM LOYALTY.RUN_LOCK"));
    }

    [Fact]
    public async Task A_table_that_has_its_columns_in_another_order_and_more_of_them_has_each_value_in_its_column()
    {
        const string Rows = "SELECT CHAT_ID, USER_ID, STARTED_AT, DURATION_SECONDS, SATISFACTION FROM DW_B.SUPPORT_CHATS ORDER BY 1";
        await using var test = await TestWarehouse.CreateAsync();
        var options = Options with { Users = 60 };
        await WriteAsync(test, options);
        var expected = await test.RowsAsync(Rows);
        await test.ExecuteAsync(
            "CREATE OR REPLACE TABLE DW_B.SUPPORT_CHATS (SATISFACTION INTEGER, NOTE VARCHAR, DURATION_SECONDS INTEGER, USER_ID BIGINT, CHAT_ID BIGINT)");

        await WriteAsync(test, options);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, await test.RowsAsync(Rows));
        Assert.Equal(["NULL"], await test.RowsAsync("SELECT DISTINCT NOTE FROM DW_B.SUPPORT_CHATS"));

        Task<SampleResult> WriteAsync(TestWarehouse warehouse, SyntheticDataOptions sample) => new SyntheticDataWriter(warehouse.Pipeline)
            .WriteAsync(warehouse.Warehouse, sample, replace: true, wait: null, warehouse.Reporter, TestWarehouse.Token);
    }

    [Fact]
    public async Task So_is_one_that_found_rows_once_it_held_the_lock()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var other = await RunLock.TakeAsync(test.Warehouse, wait: null, test.Reporter, TestWarehouse.Token);
        var writing = WriteAsync(test, replace: false, new LockWait(TimeSpan.FromMinutes(1)));
        while (test.Reporter.ProgressReports.Count == 0)
            await Task.Delay(10, TestWarehouse.Token);
        await test.ExecuteAsync("INSERT INTO DW_C.REGION_METADATA VALUES ('EU', 'Europe', 'BE', 'Core')");
        await other.DisposeAsync();

        var failure = await Assert.ThrowsAsync<LoyaltyException>(() => writing);

        var run = Assert.Single(await RunsAsync(test));
        Assert.Equal(
            (RunKind.Sample, RunStatus.Refused, "SampleTargetNotEmpty", failure.Message, 0),
            (run.Kind, run.Status, run.ErrorId, run.ErrorMessage, run.Inserted));
        Assert.Equal(["EU"], await test.RowsAsync("SELECT REGION_CODE FROM DW_C.REGION_METADATA"));
    }

    [Fact]
    public async Task So_is_one_that_is_stopped_and_the_rows_before_it_stay()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync("INSERT INTO DW_C.REGION_METADATA VALUES ('EU', 'Europe', 'BE', 'Core')");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestWarehouse.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => WriteAsync(test, replace: true, wait: null, new StepAction("Write", source.Cancel), source.Token));

        var run = Assert.Single(await RunsAsync(test));
        Assert.Equal(
            (RunKind.Sample, RunStatus.Cancelled, "Cancelled", 0, 0), (run.Kind, run.Status, run.ErrorId, run.Inserted, run.Deleted));
        Assert.Equal(["EU"], await test.RowsAsync("SELECT REGION_CODE FROM DW_C.REGION_METADATA"));
    }

    [Fact]
    public async Task One_that_is_refused_before_it_begins_is_not()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync("INSERT INTO DW_C.REGION_METADATA VALUES ('EU', 'Europe', 'BE', 'Core')");

        Assert.Equal("SampleTargetNotEmpty", (await Assert.ThrowsAsync<LoyaltyException>(() => WriteAsync(test, replace: false))).ErrorId);

        Assert.Empty(await RunsAsync(test));
    }

    private static Task<SampleResult> WriteAsync(TestWarehouse test, bool replace, LockWait? wait = null) =>
        WriteAsync(test, replace, wait, test.Reporter, TestWarehouse.Token);

    private static Task<SampleResult> WriteAsync(
        TestWarehouse test, bool replace, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken) =>
        new SyntheticDataWriter(test.Pipeline).WriteAsync(test.Warehouse, Options, replace, wait, reporter, cancellationToken);

    private static Task<IReadOnlyList<RunRecord>> RunsAsync(TestWarehouse test) =>
        RunReader.ReadAsync(test.Warehouse, new RunQuery(), test.Reporter, TestWarehouse.Token);
}
