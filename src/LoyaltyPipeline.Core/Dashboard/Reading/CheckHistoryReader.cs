using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Reads what the latest test runs found.</summary>
/// <param name="checkIds">The checks there are: what one that is gone once found concerns nobody any more.</param>
/// <param name="unreadable">Hears of each row that cannot be read.</param>
internal sealed class CheckHistoryReader(IWarehouseSession session, IEnumerable<string> checkIds, Action<LoyaltyException> unreadable)
{
    private const int Runs = 30;

    private static readonly StoredTable Results = new(CheckResultLog.Table, KeyColumns: 2);

    private readonly HashSet<string> _checkIds = new(checkIds, StringComparer.OrdinalIgnoreCase);

    public async Task<CheckHistory> ReadAsync(CancellationToken cancellationToken)
    {
        var runs = (await session.ListAsync(
                RunReader.Table,
                $"""
                SELECT RUN_ID, STARTED_AT
                FROM LOYALTY.RUN
                WHERE KIND = '{nameof(RunKind.Test)}' AND STATUS = '{nameof(RunStatus.Succeeded)}'
                ORDER BY RUN_ID DESC
                LIMIT {Runs}
                """,
                [],
                row => (RunId: row.Text(0), At: row.Time(1)),
                unreadable,
                cancellationToken))
            .Once(RunReader.Table, run => run.RunId, id => $"the run {id}", unreadable).Reverse().ToList();
        return runs.Count == 0
            ? new CheckHistory([], [])
            : new CheckHistory(runs, await ReadLinesAsync([.. runs.Select(run => run.RunId)], cancellationToken));
    }

    private async Task<IReadOnlyList<CheckLine>> ReadLinesAsync(IReadOnlyList<string> runs, CancellationToken cancellationToken)
    {
        var before = (await session.ListAsync(
                Results,
                "SELECT RUN_ID, CHECK_ID, STATUS FROM LOYALTY.CHECK_RESULT WHERE RUN_ID >= ? OR RUN_ID IS NULL ORDER BY RUN_ID, CHECK_ID",
                [runs[0]],
                row => (RunId: row.Text(0), CheckId: row.Text(1), Status: row.Word<CheckStatus>(2)),
                unreadable,
                cancellationToken))
            .Once(Results, row => (row.RunId, row.CheckId), key => $"the check {key.CheckId} of the run {key.RunId}", unreadable)
            .ToLookup(row => row.CheckId, row => (row.RunId, row.Status), StringComparer.Ordinal);
        // How a check came out when it was last made, as far as that can be read: what an earlier run said is no answer to how things are.
        var lines = await session.ListAsync(
            Results,
            """
            SELECT RUN_ID, CHECK_ID, SUITE, TABLE_NAME, STATUS, MESSAGE, FAILED_SINCE, SECONDS FROM LOYALTY.CHECK_RESULT WHERE RUN_ID >= ?
            QUALIFY DENSE_RANK() OVER (PARTITION BY CHECK_ID ORDER BY RUN_ID DESC) = 1
            """,
            [runs[0]],
            row => new CheckLine(
                row.Text(0),
                row.Text(1),
                row.Word<CheckSuite>(2),
                row.TextOrNull(3),
                row.Word<CheckStatus>(4),
                row.Text(5),
                row.TimeOrNull(6),
                (double)row.Number(7),
                StatusesIn(runs, before[row.Text(1)])),
            unreadable,
            cancellationToken);
        return
        [
            .. lines.Where(line => _checkIds.Contains(line.CheckId) && before[line.CheckId].Any(outcome => outcome.RunId == line.RunId))
                .OrderBy(line => line.Suite).ThenBy(line => line.Table, StringComparer.Ordinal)
                .ThenBy(line => line.CheckId, StringComparer.Ordinal),
        ];
    }

    private static IReadOnlyList<CheckStatus?> StatusesIn(
        IReadOnlyList<string> runs, IEnumerable<(string RunId, CheckStatus Status)> outcomes)
    {
        var byRun = outcomes.ToDictionary(outcome => outcome.RunId, outcome => outcome.Status, StringComparer.Ordinal);
        return [.. runs.Select(run => byRun.TryGetValue(run, out var status) ? status : (CheckStatus?)null)];
    }
}
