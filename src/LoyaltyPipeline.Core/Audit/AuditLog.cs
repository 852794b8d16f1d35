using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Audit;

/// <summary>
/// Writes the audit trail. An entry has the hash of the one before it, and the head of its chain is moved with it, if nobody else has moved
/// it. Runs that hold the lock have a chain to themselves: what goes on beside them for seconds must not make a run of hours fail.
/// </summary>
internal static class AuditLog
{
    public const string Table = "LOYALTY.AUDIT";

    /// <summary>How the entry that begins the trail calls the number of runs that were logged before there was one.</summary>
    public const string RunsBefore = "runs_before";

    // Whether an entry tells of a run as it stands in the log.
    private const string Agree =
        """
        a.RUN_ID = r.RUN_ID AND a.ACTION = r.KIND AND a.OUTCOME = r.STATUS AND a.HOST = r.HOST
            AND COALESCE(a.ERROR_ID, '') = COALESCE(r.ERROR_ID, '')
        """;

    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Engines that let one process in refuse a second writer of a row at once; others let it wait.
    private static readonly SemaphoreSlim Gate = new(1, 1);

    /// <summary>What must be there for anything to be noted.</summary>
    public static IReadOnlyList<string> Tables { get; } = [Table, AuditHead.Table.ToString()];

    /// <summary>The runs of the log, <c>r</c>, that no entry tells of as they stand there.</summary>
    public static string RunsWithoutEntry { get; } = $"FROM LOYALTY.RUN AS r WHERE NOT EXISTS (SELECT 1 FROM {Table} AS a WHERE {Agree})";

    /// <summary>The entries that end a run, <c>a</c>, and of which the log has no run, or not so.</summary>
    public static string EntriesWithoutRun { get; } =
        $"""
        FROM {Table} AS a
        WHERE a.RUN_ID IS NOT NULL AND a.OUTCOME <> '{nameof(AuditOutcome.Begun)}'
            AND NOT EXISTS (SELECT 1 FROM LOYALTY.RUN AS r WHERE {Agree})
        """;

    /// <summary>Notes something, inside the transaction of what was done.</summary>
    /// <exception cref="LoyaltyException"><c>AuditHeadMoved</c>: somebody else has noted something at the same time;
    /// <c>AuditHeadMissing</c>.</exception>
    public static async Task AppendAsync(
        IWarehouseSession session, AuditChain chain, AuditDraft draft, CancellationToken cancellationToken)
    {
        var heads = (await AuditHead.ListAsync(session, cancellationToken)).Where(head => head.Chain == chain.ToString()).ToList();
        if (heads.Count != 1)
            throw LoyaltyErrors.AuditHeadMissing.Because(
                $"{AuditHead.Table} has {heads.Count} rows for the chain {chain} instead of one.", AuditHead.Table.ToString());
        var head = heads[0];
        if (head.Entries == 0 && chain == AuditChain.Beside)
            head = await WriteAsync(session, head, await BeginningAsync(session, draft.RunId, cancellationToken), cancellationToken);
        await WriteAsync(session, head, draft, cancellationToken);
    }

    /// <summary>
    /// Does what is noted and notes it, in one transaction. Where somebody else has noted something at the same time, it is done again.
    /// </summary>
    /// <param name="write">Writes both; it may be called several times.</param>
    public static async Task InTransactionAsync(IWarehouseSession session, Func<Task> write, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; !await TryWriteAsync(session, write, isLast: attempt == Attempts, cancellationToken); attempt++)
                await Task.Delay(Pause, cancellationToken);
            await session.CommitAsync(cancellationToken);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Notes something that is no part of a transaction.</summary>
    public static Task NoteAsync(IWarehouseSession session, AuditChain chain, AuditDraft draft, CancellationToken cancellationToken) =>
        InTransactionAsync(session, () => AppendAsync(session, chain, draft, cancellationToken), cancellationToken);

    private static async Task<bool> TryWriteAsync(
        IWarehouseSession session, Func<Task> write, bool isLast, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken);
        try
        {
            await write();
            return true;
        }
        catch (Exception failure)
        {
            await session.RollbackAsync();
            if (isLast || !IsContest(failure))
                throw;
            return false;
        }
    }

    private static bool IsContest(Exception failure) => failure is LoyaltyException { Definition: var definition }
        && (definition == LoyaltyErrors.AuditHeadMoved || definition == LoyaltyErrors.QueryFailed);

    // What was logged before has no entry, and is not missed. The run at hand is in the log already, and is about to have its own.
    private static async Task<AuditDraft> BeginningAsync(
        IWarehouseSession session, string? runId, CancellationToken cancellationToken)
    {
        var before = await session.CountAsync(
            $"SELECT COUNT(*) {RunsWithoutEntry} AND r.RUN_ID <> {SqlText.Quote(runId ?? string.Empty)}", cancellationToken);
        return new AuditDraft(AuditAction.Begin, AuditOutcome.Succeeded, new AuditParameters { { RunsBefore, before } });
    }

    private static async Task<AuditHead> WriteAsync(
        IWarehouseSession session, AuditHead head, AuditDraft draft, CancellationToken cancellationToken)
    {
        var row = RowAfter(head, draft);
        var hash = row.Hash();
        await session.ExecuteAsync(
            $"""
            INSERT INTO {Table} (CHAIN, SEQUENCE_NUMBER, LOGGED_AT, ACTOR, HOST, ACTION, PARAMETERS, RUN_ID, OUTCOME, ERROR_ID,
                PREVIOUS_HASH, ENTRY_HASH)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                row.Chain, row.Number, row.LoggedAt, row.Actor, row.Host, row.Action, row.Parameters, row.RunId, row.Outcome, row.ErrorId,
                row.PreviousHash, hash,
            ],
            cancellationToken);
        if (await session.ExecuteAsync(
            $"UPDATE {AuditHead.Table} SET ENTRIES = ?, ENTRY_HASH = ? WHERE CHAIN = ? AND ENTRIES = ? AND ENTRY_HASH = ?",
            [row.Number, hash, head.Chain, head.Entries, head.Hash], cancellationToken) != 1)
            throw LoyaltyErrors.AuditHeadMoved.Because(
                $"Somebody else has written entry {row.Number} of the chain {head.Chain} of {Table}.", Table);
        return new AuditHead(head.Chain, row.Number!.Value, hash);
    }

    private static AuditRow RowAfter(AuditHead head, AuditDraft draft) => new()
    {
        Chain = head.Chain,
        Number = head.Entries + 1,
        LoggedAt = StoredTime.Now,
        Actor = Environment.UserName,
        Host = Environment.MachineName,
        Action = draft.Action.ToString(),
        Parameters = draft.Parameters.ToJson(),
        RunId = draft.RunId,
        Outcome = draft.Outcome.ToString(),
        ErrorId = draft.ErrorId,
        PreviousHash = head.Hash,
    };
}
