using LoyaltyPipeline.Core.Integrity;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Dashboard.Reading;

/// <summary>Reads what the latest test runs found.</summary>
/// <param name="session">The session.</param>
/// <param name="checkIds">The checks there are: what one that is gone once found concerns nobody any more.</param>
internal sealed class CheckHistoryReader(IWarehouseSession session, IEnumerable<string> checkIds)
{
    private const int Runs = 30;

    private readonly HashSet<string> _checkIds = new(checkIds, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads.</summary>
    public async Task<CheckHistory> ReadAsync(CancellationToken cancellationToken)
    {
        var runs = (await session.ListAsync(
            $"SELECT RUN_ID, STARTED_AT FROM LOYALTY.RUN WHERE KIND = '{nameof(RunKind.Test)}' AND STATUS = '{nameof(RunStatus.Succeeded)}' ORDER BY RUN_ID DESC LIMIT {Runs}",
            [],
            reader => (RunId: reader.GetString(0), At: reader.TimeAt(1)!.Value),
            cancellationToken)).Reverse().ToList();
        return runs.Count == 0 ? new CheckHistory([], []) : new CheckHistory(runs, await ReadLinesAsync([.. runs.Select(run => run.RunId)], cancellationToken));
    }

    private async Task<IReadOnlyList<CheckLine>> ReadLinesAsync(IReadOnlyList<string> runs, CancellationToken cancellationToken)
    {
        var before = (await session.ListAsync(
            "SELECT CHECK_ID, RUN_ID, STATUS FROM LOYALTY.CHECK_RESULT WHERE RUN_ID >= ?",
            [runs[0]],
            reader => (CheckId: reader.GetString(0), RunId: reader.GetString(1), Status: Enum.Parse<CheckStatus>(reader.GetString(2))),
            cancellationToken)).ToLookup(row => row.CheckId, row => (row.RunId, row.Status), StringComparer.Ordinal);
        var lines = await session.ListAsync(
            """
            SELECT RUN_ID, CHECK_ID, SUITE, TABLE_NAME, STATUS, MESSAGE, FAILED_SINCE, SECONDS FROM LOYALTY.CHECK_RESULT WHERE RUN_ID >= ?
            QUALIFY ROW_NUMBER() OVER (PARTITION BY CHECK_ID ORDER BY RUN_ID DESC) = 1
            """,
            [runs[0]],
            reader => new CheckLine(
                reader.GetString(0),
                reader.GetString(1),
                Enum.Parse<CheckSuite>(reader.GetString(2)),
                reader.TextAt(3),
                Enum.Parse<CheckStatus>(reader.GetString(4)),
                reader.GetString(5),
                reader.TimeAt(6),
                (double)reader.GetDecimal(7),
                StatusesIn(runs, before[reader.GetString(1)])),
            cancellationToken);
        return [.. lines.Where(line => _checkIds.Contains(line.CheckId)).OrderBy(line => line.Suite).ThenBy(line => line.Table, StringComparer.Ordinal).ThenBy(line => line.CheckId, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<CheckStatus?> StatusesIn(IReadOnlyList<string> runs, IEnumerable<(string RunId, CheckStatus Status)> outcomes)
    {
        var byRun = outcomes.ToDictionary(outcome => outcome.RunId, outcome => outcome.Status, StringComparer.Ordinal);
        return [.. runs.Select(run => byRun.TryGetValue(run, out var status) ? status : (CheckStatus?)null)];
    }
}
