using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Notification;

/// <summary>
/// What was told to whom: LOYALTY.NOTIFICATION. A warehouse that cannot be read or written is no reason to tell nobody: it may be what is
/// to be told.
/// </summary>
internal sealed class NotificationLog(IWarehouse? warehouse, IRunReporter reporter)
{
    private const string Table = "LOYALTY.NOTIFICATION";

    /// <summary>What each channel was told last.</summary>
    public async Task<IReadOnlyDictionary<string, ToldState>> ReadAsync(CancellationToken cancellationToken)
    {
        var states = await TryAsync(
            "What was told before is not known", session => session.ListAsync(
                $"""
                SELECT CHANNEL, OUTCOME, REASON, TOLD_AT
                FROM {Table}
                WHERE STATUS <> '{nameof(NotificationStatus.Failed)}'
                QUALIFY ROW_NUMBER() OVER (PARTITION BY CHANNEL ORDER BY TOLD_AT DESC) = 1
                """,
                [],
                reader => (Channel: reader.GetString(0), State: new ToldState(
                    Enum.Parse<RunOutcome>(reader.GetString(1)), reader.TextAt(2), reader.TimeAt(3)!.Value)),
                cancellationToken),
            otherwise: [], cancellationToken);
        return states.ToDictionary(item => item.Channel, item => item.State, StringComparer.Ordinal);
    }

    /// <summary>The newest run of the log; null where there is none, or it cannot be read.</summary>
    public Task<RunRecord?> FindNewestRunAsync(CancellationToken cancellationToken) => TryAsync<RunRecord?>(
        "The run is not known",
        async session =>
            await RunReader.ReadAsync(session, new SqlFilter(), last: 1, reporter.Unreadable, cancellationToken) is [var run, ..]
                ? run
                : null,
        otherwise: null, cancellationToken);

    /// <summary>Keeps what was told.</summary>
    public async Task WriteAsync(IReadOnlyList<ToldRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        await TryAsync(
            "What was told could not be kept, and may be told again",
            async session =>
            {
                await AuditLog.InTransactionAsync(session, () => WriteAsync(session, rows, cancellationToken), cancellationToken);
                return true;
            },
            otherwise: false, cancellationToken);
    }

    private static async Task WriteAsync(IWarehouseSession session, IReadOnlyList<ToldRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            await session.ExecuteAsync(
                $"INSERT INTO {Table} (TOLD_AT, CHANNEL, OUTCOME, REASON, RUN_ID, STATUS, DETAIL) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [row.At, row.Channel, row.Outcome.ToString(), row.ReasonId, row.RunId, row.Status.ToString(), row.Detail],
                cancellationToken);
        }

        // The run that people are told of has an entry of its own.
        var parameters = new AuditParameters
        {
            { "outcome", rows[0].Outcome },
            { "channels", rows.Count },
            { "failed", rows.Count(row => row.Status == NotificationStatus.Failed) },
        };
        await AuditLog.AppendAsync(
            session, AuditChain.Beside, new AuditDraft(AuditAction.Notify, AuditOutcome.Succeeded, parameters), cancellationToken);
    }

    private async Task<T> TryAsync<T>(string what, Func<IWarehouseSession, Task<T>> work, T otherwise, CancellationToken cancellationToken)
    {
        if (warehouse is null)
            return otherwise;
        try
        {
            await using var session = await warehouse.OpenSessionAsync(cancellationToken);
            await SchemaReader.RequireInitializedAsync(session, cancellationToken, [Table, .. AuditLog.Tables]);
            return await work(session);
        }
        catch (LoyaltyException failure)
        {
            reporter.Verbose($"{what}: {failure.Message}");
            return otherwise;
        }
    }
}
