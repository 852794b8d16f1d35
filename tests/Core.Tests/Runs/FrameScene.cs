using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Core.Tests.Runs;

/// <summary>A warehouse, and runs of no feature that write one row into it.</summary>
internal sealed class FrameScene : IAsyncDisposable
{
    private readonly IWarehouseSession _session;

    private FrameScene(TestWarehouse test, IWarehouseSession session) => (Test, _session) = (test, session);

    public static DateOnly Day { get; } = new(2024, 3, 31);

    public TestWarehouse Test { get; }

    public static async Task<FrameScene> CreateAsync()
    {
        var test = await TestWarehouse.CreateAsync(withSources: false);
        return new FrameScene(test, await test.Warehouse.OpenSessionAsync(TestWarehouse.Token));
    }

    /// <summary>Makes a run.</summary>
    /// <param name="committed">Done once everything is committed.</param>
    /// <param name="written">Done before the commit.</param>
    /// <param name="warehouse">The warehouse, where it is not just that of the scene.</param>
    public RunFrame<string> Run(Action? committed = null, Action? written = null, IWarehouse? warehouse = null) =>
        new FramedRun(new RunContext(Test.Pipeline, warehouse ?? Test.Warehouse, _session, Test.Reporter), written, committed);

    public Task<IReadOnlyList<string>> WrittenAsync() => Test.RowsAsync("SELECT USER_ID FROM LOYALTY.SUPPRESSION");

    public async Task<RunRecord> LoggedAsync() =>
        (await RunReader.ReadAsync(Test.Warehouse, new RunQuery(), Test.Reporter, TestWarehouse.Token)).Single();

    public Task<IReadOnlyList<string>> HolderAsync() => Test.RowsAsync("SELECT RUN_ID FROM LOYALTY.RUN_LOCK");

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await Test.DisposeAsync();
    }

    private sealed class FramedRun(RunContext place, Action? written, Action? committed)
        : RunFrame<string>(place, RunKind.Import, "Framing", expectedSteps: 1)
    {
        protected override RunFindings Findings => new()
        {
            Day = Day,
            Totals = new RunTotals(Inserted: 1, Updated: 2, Deleted: 3, Unchanged: 4),
            Quarantined = 5,
            Forced = true,
            Guards = [new TrippedGuard("Deletes", "all are gone")],
            ScriptSha256 = "5c",
            Sources = [new SourceLog("DW_A.USER_PROFILE", 6, 1, 5, null, 0)],
        };

        protected override AuditParameters Parameters => new() { { "table", "LOYALTY.SUPPRESSION" } };

        protected override async Task<string> WorkAsync(CancellationToken cancellationToken)
        {
            await Session.BeginAsync(cancellationToken);
            await Clock.RunAsync(
                "Write", async () => await Session.ExecuteAsync("INSERT INTO LOYALTY.SUPPRESSION (USER_ID) VALUES (7)", cancellationToken));
            written?.Invoke();
            await LogSuccessAsync(cancellationToken);
            await Session.CommitAsync(cancellationToken);
            committed?.Invoke();
            return RunId;
        }
    }
}
