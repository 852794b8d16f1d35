using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Sources.Files;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>The import of one table, in one transaction.</summary>
/// <param name="pipeline">The catalog.</param>
/// <param name="table">The table.</param>
/// <param name="files">Its files.</param>
/// <param name="session">The session of the run.</param>
/// <param name="reading">The session that reads the files: that of the run, or one of an engine that can.</param>
/// <param name="options">How.</param>
/// <param name="reporter">Hears of progress.</param>
internal sealed class TableImport(
    PipelineDefinition pipeline, CatalogTable table, IReadOnlyList<SourceFile> files, IWarehouseSession session, IWarehouseSession reading, ImportOptions options, IRunReporter reporter)
{
    private const int Steps = 5;

    private readonly StepClock _clock = new($"Importing {table}", Steps, session, reporter);
    private IReadOnlyList<RejectedRows> _rejected = [];
    private IReadOnlyList<TrippedGuard> _guards = [];
    private ImportCounts _counts = new(0, 0, 0, 0, 0);
    private long _read;

    public string RunId { get => _clock.RunId; init => _clock.RunId = value; }

    /// <summary>How long was waited for another run before this one began.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Imports, or finds out what an import would do.</summary>
    public async Task<ImportResult> RunAsync(CancellationToken cancellationToken)
    {
        using var opener = new FileOpener(reading, CsvSpelling.Of(options.Delimiter, options.NullTokens.Concat(pipeline.Config.NullTokens)), reporter);
        var scans = new List<FileScan>();
        await _clock.RunAsync(files.Count == 1 ? $"Open {files[0].Name}" : $"Open {files.Count} files", async () =>
        {
            foreach (var file in files)
                scans.Add(await opener.OpenAsync(file, scans.Count, cancellationToken));
            return null;
        });

        var owners = PickWinners ? await RowOwners.FindAsync(session, pipeline, table, cancellationToken) : null;
        var target = new ImportTarget(session, table, options.Mode, owners);
        await target.PrepareAsync(create: !options.PlanOnly, cancellationToken);
        await PrepareQuarantineAsync(reading, cancellationToken);
        var direct = target.IsEmptied && !options.PlanOnly && reading == session;
        if (direct && await TryDirectAsync(scans, opener, target, cancellationToken))
            return Result(applied: true);

        var accepted = ImportTables.Loaded;
        await _clock.RunAsync("Stage", async () => { accepted = await StageAsync(scans, owners, isUnclean: direct, cancellationToken); return _read; });
        opener.DemandUnchanged();
        await CheckLimitAsync(cancellationToken);
        if (reading != session)
            await _clock.RunAsync("Transfer", async () => { accepted = await TransferAsync(accepted, cancellationToken); return _read; });
        await EventsToCome.WarnAsync(session, table, accepted, reporter, cancellationToken);
        await _clock.RunAsync("Compare", async () => { _counts = await target.CompareAsync(accepted, cancellationToken); return _counts.Inserted + _counts.Updated; });
        AskGuards();
        if (options.PlanOnly)
            return Result(applied: false);
        await _clock.RunAsync("Store", async () => { await session.BeginAsync(cancellationToken); await target.StoreAsync(accepted, cancellationToken); return _counts.Inserted + _counts.Updated; });
        await CommitAsync(accepted, cancellationToken);
        return Result(applied: true);
    }

    /// <summary>The run as the log keeps it.</summary>
    public RunRecord Record(RunStatus status) => new()
    {
        RunId = RunId,
        Kind = RunKind.Import,
        Status = status,
        StartedAt = _clock.StartedAt,
        WaitedSeconds = Waited.TotalSeconds,
        Seconds = _clock.Seconds,
        Inserted = status == RunStatus.Succeeded ? _counts.Inserted : 0,
        Updated = status == RunStatus.Succeeded ? _counts.Updated : 0,
        Deleted = status == RunStatus.Succeeded ? _counts.Deleted : 0,
        // Of the stored rows those that a newer row keeps are unchanged too.
        Unchanged = status == RunStatus.Succeeded ? _counts.Unchanged + _counts.Older : 0,
        Quarantined = Rejected,
        Forced = options.Force,
        Guards = TrippedGuard.Join(_guards),
        ModuleVersion = pipeline.ModuleVersion,
        Steps = _clock.Steps,
        Sources = [new SourceLog(table.Name.ToString(), _read, _read - Rejected, Rejected, null, _clock.Seconds)],
    };

    private long Rejected => _rejected.Sum(rows => rows.Rows);

    // Into the empty table itself. If that turns up one row that is not all right, it is taken back and the careful way is gone.
    private async Task<bool> TryDirectAsync(List<FileScan> scans, FileOpener opener, ImportTarget target, CancellationToken cancellationToken)
    {
        var load = new OptimisticLoad(session, table, scans);
        long deleted = 0;
        long? read = null;
        await _clock.RunAsync("Load", async () => read = await load.TryLoadAsync(target.Name, BeginAsync, cancellationToken));
        var isClean = false;
        if (read is not null)
            await _clock.RunAsync("Check", async () => { isClean = await load.IsCleanAsync(target.Name, PickWinners, cancellationToken); return read; });
        if (!isClean)
        {
            await session.RollbackAsync();
            return false;
        }

        opener.DemandUnchanged();
        await EventsToCome.WarnAsync(session, table, target.Name, reporter, cancellationToken);
        _read = read!.Value;
        _counts = new ImportCounts(_read, Updated: 0, deleted, Unchanged: 0, Older: 0);
        AskGuards();
        await CommitAsync(target.Name, cancellationToken);
        return true;

        async Task BeginAsync()
        {
            await session.RollbackAsync();
            await session.BeginAsync(cancellationToken);
            deleted = await target.EmptyAsync(cancellationToken);
        }
    }

    private async Task<string> StageAsync(List<FileScan> scans, RowOwners? owners, bool isUnclean, CancellationToken cancellationToken)
    {
        if (!isUnclean)
        {
            var load = new OptimisticLoad(reading, table, scans);
            var read = await load.TryLoadAsync(ImportTables.Loaded, CreateAsync, cancellationToken);
            if (read is not null && await load.IsCleanAsync(ImportTables.Loaded, PickWinners, cancellationToken))
            {
                _read = read.Value;
                return ImportTables.Loaded;
            }
        }

        (var accepted, _read) = await new RowScreen(reading, table, owners, reporter).RunAsync(scans, PickWinners, cancellationToken);
        return accepted;

        Task CreateAsync() => CreateStageAsync(reading, cancellationToken);
    }

    private bool PickWinners => options.Mode == ImportMode.Upsert;

    private Task CreateStageAsync(IWarehouseSession target, CancellationToken cancellationToken) => target.ExecuteAsync(
        $"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Loaded} ({Ddl.ColumnList(target.Dialect, table.Columns)})", cancellationToken);

    // Brings what was read into the warehouse, so that from here on all is as where the warehouse reads files itself.
    private async Task<string> TransferAsync(string accepted, CancellationToken cancellationToken)
    {
        await CreateStageAsync(session, cancellationToken);
        await RowTransfer.RunAsync(reading, accepted, session, ImportTables.Loaded, [.. table.Columns.Select(column => column.Name)], cancellationToken);
        await TransferRejectedAsync(cancellationToken);
        return ImportTables.Loaded;
    }

    private async Task TransferRejectedAsync(CancellationToken cancellationToken)
    {
        await PrepareQuarantineAsync(session, cancellationToken);
        await RowTransfer.RunAsync(reading, ImportTables.Rejected, session, ImportTables.Rejected, ["SOURCE_TABLE", "ROW_KEY", "RULE", "DETAIL"], cancellationToken);
    }

    private static Task PrepareQuarantineAsync(IWarehouseSession target, CancellationToken cancellationToken) => target.ExecuteAsync(
        $"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Rejected} (SOURCE_TABLE VARCHAR, ROW_KEY VARCHAR, RULE VARCHAR, DETAIL VARCHAR)", cancellationToken);

    private async Task CheckLimitAsync(CancellationToken cancellationToken)
    {
        _rejected = await reading.ListAsync(
            $"SELECT RULE, COUNT(*) FROM {ImportTables.Rejected} GROUP BY RULE ORDER BY RULE", [], reader => new RejectedRows(table.Name.ToString(), reader.GetString(0), reader.LongAt(1)), cancellationToken);
        var limit = options.MaxRejected ?? RowLimit.OfImports;
        if (!limit.IsExceeded(Rejected, _read))
            return;
        await KeepRejectedAsync(cancellationToken);
        var example = (await reading.ListAsync($"SELECT DETAIL FROM {ImportTables.Rejected} LIMIT 1", [], reader => reader.GetString(0), cancellationToken))[0];
        throw LoyaltyErrors.TooManyRejected.Because(
            $"{Rejected} of {_read} rows for {table} are unusable ({string.Join(", ", _rejected.Select(rows => $"{rows.Rule} {rows.Rows}"))}), more than the {limit} allowed; one is {example}.", table.Name.ToString());
    }

    // Of an import that is refused the quarantine tells why, row by row.
    private async Task KeepRejectedAsync(CancellationToken cancellationToken)
    {
        if (options.PlanOnly)
            return;
        if (reading != session)
            await TransferRejectedAsync(cancellationToken);
        await session.BeginAsync(cancellationToken);
        await QuarantineAsync(cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private void AskGuards()
    {
        _guards = ImportGuards.Check(table, _read, _counts);
        if (_guards.Count > 0 && !options.Force)
            throw ImportGuards.Refuse(_guards, table);
        foreach (var guard in _guards)
            reporter.Warning($"Forced past a guard: {guard.Reason}.");
    }

    private async Task CommitAsync(string accepted, CancellationToken cancellationToken)
    {
        (string, string)[] brought = options.Mode == ImportMode.Replace ? [] : [(accepted, RowRules.KeyText(table)), (ImportTables.Rejected, "ROW_KEY")];
        await OpenRows.ResolveAsync(session, table, RunId, [.. files.Select(file => file.Name)], brought, cancellationToken);
        await QuarantineAsync(cancellationToken);
        await RunLog.WriteAsync(session, Record(RunStatus.Succeeded), cancellationToken);
        await _clock.RunAsync("Commit", async () => { await session.CommitAsync(cancellationToken); return null; });
    }

    private Task<long> QuarantineAsync(CancellationToken cancellationToken) => session.ExecuteAsync(
        $"INSERT INTO LOYALTY.QUARANTINE (RUN_ID, SOURCE_TABLE, ROW_KEY, RULE, DETAIL) SELECT ?, SOURCE_TABLE, ROW_KEY, RULE, DETAIL FROM {ImportTables.Rejected}", [RunId], cancellationToken);

    private ImportResult Result(bool applied) => new()
    {
        RunId = RunId,
        SourceTable = table.Name.ToString(),
        Files = [.. files.Select(file => file.Path)],
        Mode = options.Mode,
        Applied = applied,
        RowsRead = _read,
        Inserted = _counts.Inserted,
        Updated = _counts.Updated,
        Unchanged = _counts.Unchanged,
        Older = _counts.Older,
        Deleted = _counts.Deleted,
        RejectedByRule = _rejected,
        Seconds = _clock.Seconds,
    };
}
