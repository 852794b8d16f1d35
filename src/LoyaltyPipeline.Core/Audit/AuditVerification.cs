using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using LoyaltyPipeline.Core.Engines;

namespace LoyaltyPipeline.Core.Audit;

/// <summary>
/// Goes through the audit trail, entry by entry, and holds it against its heads and against the log of runs. No more than one entry is in
/// memory at a time.
/// </summary>
internal sealed class AuditVerification(IWarehouseSession session)
{
    // Who removes a thousand entries need not be told of each.
    private const int MostExamples = 100;

    private readonly List<string> _examples = [];
    private long _entries;
    private long _faults;
    private long? _runsBefore;

    /// <summary>Verifies.</summary>
    public async Task<AuditFindings> RunAsync(CancellationToken cancellationToken)
    {
        // Where a state of the warehouse is not to be had for long, entries may be added meanwhile.
        var before = await AuditHead.ListAsync(session, cancellationToken);
        var ends = new Dictionary<AuditChain, ChainEnd>();
        foreach (var chain in Enum.GetValues<AuditChain>())
            ends[chain] = await WalkAsync(chain, cancellationToken);
        var after = await AuditHead.ListAsync(session, cancellationToken);
        foreach (var (chain, end) in ends)
            CompareWithHead(chain, end, HeadsOf(before, chain), HeadsOf(after, chain));
        await FindStraysAsync(cancellationToken);
        await CompareWithRunsAsync(cancellationToken);
        return new AuditFindings(_entries, after, _faults, _examples);
    }

    private static List<AuditHead> HeadsOf(IReadOnlyList<AuditHead> heads, AuditChain chain) =>
        [.. heads.Where(head => head.Chain == chain.ToString())];

    private async Task<ChainEnd> WalkAsync(AuditChain chain, CancellationToken cancellationToken)
    {
        await using var reader = await session.QueryAsync(
            $"SELECT {AuditEntry.Columns} FROM {AuditLog.Table} WHERE CHAIN = ? ORDER BY SEQUENCE_NUMBER, ENTRY_HASH", [chain.ToString()],
            cancellationToken);
        var end = new ChainEnd(0, AuditRow.NoHash);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (row, hash) = (Read(reader), reader.TextAt(11));
            Judge(row, hash, end);
            if (row is { Chain: nameof(AuditChain.Beside), Number: 1, Action: nameof(AuditAction.Begin) })
                _runsBefore = RunsBefore(row.Parameters);
            end = new ChainEnd(row.Number ?? end.Number, hash ?? string.Empty);
            _entries++;
        }

        return end;
    }

    private static AuditRow Read(DbDataReader reader) => new()
    {
        Chain = reader.TextAt(0),
        Number = reader.IsDBNull(1) ? null : reader.LongAt(1),
        LoggedAt = reader.TimeAt(2),
        Actor = reader.TextAt(3),
        Host = reader.TextAt(4),
        Action = reader.TextAt(5),
        Parameters = reader.TextAt(6),
        RunId = reader.TextAt(7),
        Outcome = reader.TextAt(8),
        ErrorId = reader.TextAt(9),
        PreviousHash = reader.TextAt(10),
    };

    private void Judge(AuditRow row, string? hash, ChainEnd end)
    {
        var name = Invariant($"{row.Chain} {row.Number}");
        if (row.Number is not { } number)
            Fault($"an entry of {row.Chain} has no number: it was changed or added");
        else if (number <= end.Number)
            Fault($"{name} is there more than once: one of them was added");
        else if (number > end.Number + 1)
            Fault(
                number == end.Number + 2
                    ? Invariant($"{row.Chain} {number - 1} is missing")
                    : Invariant($"{row.Chain} {end.Number + 1} to {number - 1} are missing"));
        else if (row.PreviousHash != end.Hash)
            Fault($"{name} does not follow the entry before it: one of them was changed, added or moved");
        if (row.Hash() != hash)
            Fault($"{name} is not what was written: it was changed, or moved from another place");
    }

    private void CompareWithHead(AuditChain chain, ChainEnd end, List<AuditHead> before, List<AuditHead> after)
    {
        if (before.Count != 1 || after.Count != 1)
            Fault(Invariant($"{AuditHead.Table} has {after.Count} rows for {chain} instead of one: its head was removed or added"));
        else if (end.Number < before[0].Entries)
            Fault(
                Invariant($"{chain} {end.Number + 1} to {before[0].Entries} are missing: the end was cut off, of which {AuditHead.Table} tells"));
        else if (end.Number > after[0].Entries)
            Fault(Invariant($"{chain} {after[0].Entries + 1} to {end.Number} are not known to {AuditHead.Table}: they were added"));
        else if (after[0].Entries == end.Number && after[0].Hash != end.Hash)
            Fault(Invariant($"{AuditHead.Table} has another hash than {chain} {end.Number}: one of them was changed"));
    }

    private async Task FindStraysAsync(CancellationToken cancellationToken)
    {
        var chains = string.Join(", ", Enum.GetNames<AuditChain>().Select(chain => $"'{chain}'"));
        if (await session.CountAsync(
            $"SELECT COUNT(*) FROM {AuditLog.Table} WHERE CHAIN IS NULL OR CHAIN NOT IN ({chains})", cancellationToken) is > 0 and var strays)
            Fault(Invariant($"{strays} entries are of no chain: they were changed or added"));
    }

    private async Task CompareWithRunsAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in await session.ListAsync(
            $"SELECT a.CHAIN, a.SEQUENCE_NUMBER, a.RUN_ID {AuditLog.EntriesWithoutRun} ORDER BY a.CHAIN, a.SEQUENCE_NUMBER",
            [], reader => Invariant($"{reader.TextAt(0)} {reader.LongAt(1)} tells of the run {reader.TextAt(2)}"), cancellationToken))
            Fault($"{entry}, which LOYALTY.RUN has not, or not so: the run was changed or removed there");
        // Until the first entry beside runs is written, nobody has counted what was before.
        if (_runsBefore is not { } known)
            return;
        var without = await session.CountAsync($"SELECT COUNT(*) {AuditLog.RunsWithoutEntry}", cancellationToken);
        if (without < known)
            Fault(Invariant($"{known - without} runs that were logged before the trail began are no longer in LOYALTY.RUN"));
        else if (without > known)
            await NameRunsAsync(without - known, cancellationToken);
    }

    private async Task NameRunsAsync(long count, CancellationToken cancellationToken)
    {
        var limit = Math.Min(count, MostExamples).ToString(CultureInfo.InvariantCulture);
        foreach (var run in await session.ListAsync(
            $"SELECT r.RUN_ID {AuditLog.RunsWithoutEntry} ORDER BY r.RUN_ID DESC LIMIT {limit}", [], reader => reader.TextAt(0),
            cancellationToken))
            Fault($"the run {run} has no entry: it was cut off, the run was changed, or an earlier version of the module made it");
        _faults += Math.Max(0, count - MostExamples);
    }

    private void Fault(string words)
    {
        _faults++;
        if (_examples.Count < MostExamples)
            _examples.Add(words);
    }

    // Of an entry that was tampered with it is said that it was; that it can be read is not to be expected.
    private static long? RunsBefore(string? parameters)
    {
        try
        {
            using var json = JsonDocument.Parse(parameters ?? string.Empty);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(AuditLog.RunsBefore, out var value) && value.TryGetInt64(out var count) ? count : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>How far a chain has been walked.</summary>
    private sealed record ChainEnd(long Number, string Hash);
}
