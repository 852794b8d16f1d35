using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.RunEvents;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Sources.Files;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>The import of one table, in one transaction.</summary>
/// <param name="reading">The session that reads the files: that of the run, or one of an engine that can.</param>
internal sealed class TableImport(
    RunContext context, CatalogTable table, IReadOnlyList<SourceFile> files, IWarehouseSession reading, ImportOptions options)
    : RunFrame<ImportResult>(context, RunKind.Import, $"Importing {table}", expectedSteps: 5)
{
    /// <summary>How the name of the step begins that says which files are imported.</summary>
    internal const string Opens = "Open ";

    private IReadOnlyList<RejectedRows> _rejected = [];
    private IReadOnlyList<TrippedGuard> _guards = [];
    private ImportCounts _counts = new(0, 0, 0, 0, 0);
    private long _read;

    // Takes rows of erased users out of what is read; null where there can be none.
    private ErasedRows? _erased;

    protected override RunFacts Facts => new(RunId, $"import.{table.Name}") { Outputs = [table] };

    /// <summary>Finds out what an import would do.</summary>
    public Task<ImportResult> PlanAsync(CancellationToken cancellationToken) => WorkAsync(cancellationToken);

    protected override async Task<ImportResult> WorkAsync(CancellationToken cancellationToken)
    {
        var tables = await TablesAsync(cancellationToken);
        _erased = await ErasedRows.FindAsync(Session, table, tables, cancellationToken);
        using var opener = new FileOpener(
            reading, CsvSpelling.Of(options.Delimiter, options.NullTokens.Concat(Pipeline.Config.NullTokens)), Reporter);
        var scans = new List<FileScan>();
        await Clock.RunAsync(files.Count == 1 ? $"{Opens}{files[0].Name}" : $"{Opens}{files.Count} files", async () =>
        {
            foreach (var file in files)
                scans.Add(await opener.OpenAsync(file, scans.Count, cancellationToken));
            return null;
        });

        var owners = PickWinners ? await RowOwners.FindAsync(Session, Pipeline, table, tables, cancellationToken) : null;
        var target = new ImportTarget(Session, table, options.Mode, owners);
        await target.PrepareAsync(tables, create: !options.PlanOnly, cancellationToken);
        await PrepareQuarantineAsync(reading, cancellationToken);
        // What the engine loads straight into a table may be in its file before anybody has looked whose it is.
        var direct = target.IsEmptied && !options.PlanOnly && reading == Session && _erased is null;
        if (direct && await TryDirectAsync(scans, opener, target, cancellationToken))
            return Result(applied: true);

        var accepted = ImportTables.Loaded;
        await Clock.RunAsync(
            "Read", async () => { accepted = await ReadAsync(scans, owners, isUnclean: direct, cancellationToken); return _read; });
        opener.DemandUnchanged();
        if (Erased > 0)
            Reporter.Verbose($"{Erased} rows for {table} are of erased users and are not imported.");
        await CheckLimitAsync(cancellationToken);
        if (reading != Session)
            await Clock.RunAsync("Transfer", async () => { accepted = await TransferAsync(accepted, cancellationToken); return _read; });
        await EventsToCome.WarnAsync(Session, table, accepted, Reporter, cancellationToken);
        await UndeclaredPersonalData.WarnAsync(Session, table, accepted, _read, Reporter, cancellationToken);
        await Clock.RunAsync(
            "Compare",
            async () => { _counts = await target.CompareAsync(accepted, cancellationToken); return _counts.Inserted + _counts.Updated; });
        AskGuards();
        if (options.PlanOnly)
            return Result(applied: false);
        await Clock.RunAsync(
            "Store",
            async () =>
            {
                await Session.BeginAsync(
                cancellationToken); await target.StoreAsync(accepted, cancellationToken); return _counts.Inserted + _counts.Updated;
            });
        await CommitAsync(accepted, cancellationToken);
        return Result(applied: true);
    }

    protected override RunFindings Findings => new()
    {
        // Of the stored rows those that a newer row keeps are unchanged too.
        Totals = new RunTotals(_counts.Inserted, _counts.Updated, _counts.Deleted, _counts.Unchanged + _counts.Older),
        Quarantined = Rejected,
        Forced = options.Force,
        Guards = _guards,
        Sources = [new SourceLog(table.Name.ToString(), _read, _read - Rejected, Rejected, null, Clock.Seconds)],
    };

    protected override AuditParameters Parameters => new()
    {
        { "table", table.Name.ToString() },
        { "files", files.Select(file => file.Path) },
        { "mode", options.Mode },
        { "max_rejected", options.MaxRejected },
        { "force", options.Force },
    };

    private long Rejected => _rejected.Sum(rows => rows.Rows);

    // Into the empty table itself. If that turns up one row that is not all right, it is taken back and the careful way is gone.
    private async Task<bool> TryDirectAsync(
        List<FileScan> scans, FileOpener opener, ImportTarget target, CancellationToken cancellationToken)
    {
        var load = new OptimisticLoad(Session, table, scans);
        long deleted = 0;
        long? read = null;
        await Clock.RunAsync("Load", async () => read = await load.TryLoadAsync(target.Name, BeginAsync, cancellationToken));
        var isClean = false;
        if (read is not null)
            await Clock.RunAsync(
                "Check", async () => { isClean = await load.IsCleanAsync(target.Name, PickWinners, cancellationToken); return read; });
        if (!isClean)
        {
            await Session.RollbackAsync();
            return false;
        }

        opener.DemandUnchanged();
        await EventsToCome.WarnAsync(Session, table, target.Name, Reporter, cancellationToken);
        _read = read!.Value;
        await UndeclaredPersonalData.WarnAsync(Session, table, target.Name, _read, Reporter, cancellationToken);
        _counts = new ImportCounts(_read, Updated: 0, deleted, Unchanged: 0, Older: 0);
        AskGuards();
        await CommitAsync(target.Name, cancellationToken);
        return true;

        async Task BeginAsync()
        {
            await Session.RollbackAsync();
            await Session.BeginAsync(cancellationToken);
            deleted = await target.EmptyAsync(cancellationToken);
        }
    }

    private async Task<string> ReadAsync(List<FileScan> scans, RowOwners? owners, bool isUnclean, CancellationToken cancellationToken)
    {
        if (!isUnclean)
        {
            var load = new OptimisticLoad(reading, table, scans);
            var read = await load.TryLoadAsync(ImportTables.Loaded, CreateAsync, cancellationToken);
            if (read is not null && await IsCleanAsync(load, cancellationToken))
            {
                _read = read.Value - Erased;
                return ImportTables.Loaded;
            }
        }

        (var accepted, _read) = await new RowScreen(reading, table, owners, _erased, Reporter)
            .RunAsync(scans, PickWinners, cancellationToken);
        return accepted;

        Task CreateAsync() => CreateWorkTableAsync(reading, cancellationToken);
    }

    private async Task<bool> IsCleanAsync(OptimisticLoad load, CancellationToken cancellationToken)
    {
        if (_erased is not null)
            await _erased.RemoveAsync(reading, ImportTables.Loaded, cancellationToken);
        return await load.IsCleanAsync(ImportTables.Loaded, PickWinners, cancellationToken);
    }

    private long Erased => _erased?.Removed ?? 0;

    private bool PickWinners => options.Mode == ImportMode.Upsert;

    private Task CreateWorkTableAsync(IWarehouseSession target, CancellationToken cancellationToken) => target.ExecuteAsync(
        $"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Loaded} ({Ddl.ColumnList(target.Dialect, table.Columns)})", cancellationToken);

    // Brings what was read into the warehouse, so that from here on all is as where the warehouse reads files itself.
    private async Task<string> TransferAsync(string accepted, CancellationToken cancellationToken)
    {
        await CreateWorkTableAsync(Session, cancellationToken);
        await RowTransfer.RunAsync(
            reading, accepted, Session, ImportTables.Loaded, [.. table.Columns.Select(column => column.Name)], cancellationToken);
        await TransferRejectedAsync(cancellationToken);
        return ImportTables.Loaded;
    }

    private async Task TransferRejectedAsync(CancellationToken cancellationToken)
    {
        await PrepareQuarantineAsync(Session, cancellationToken);
        await RowTransfer.RunAsync(
            reading, ImportTables.Rejected, Session, ImportTables.Rejected, ["SOURCE_TABLE", "ROW_KEY", "RULE", "DETAIL"],
            cancellationToken);
    }

    private static Task PrepareQuarantineAsync(IWarehouseSession target, CancellationToken cancellationToken) => target.ExecuteAsync(
        $"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Rejected} (SOURCE_TABLE VARCHAR, ROW_KEY VARCHAR, RULE VARCHAR, DETAIL VARCHAR)",
        cancellationToken);

    private async Task CheckLimitAsync(CancellationToken cancellationToken)
    {
        _rejected = await reading.ListAsync(
            $"SELECT RULE, COUNT(*) FROM {ImportTables.Rejected} GROUP BY RULE ORDER BY RULE", [],
            reader => new RejectedRows(table.Name.ToString(), reader.GetString(0), reader.LongAt(1)), cancellationToken);
        var limit = options.MaxRejected ?? RowLimit.OfImports;
        if (!limit.IsExceeded(Rejected, _read))
            return;
        await KeepRejectedAsync(cancellationToken);
        var example =
            (await reading.ListAsync(
                $"SELECT DETAIL FROM {ImportTables.Rejected} LIMIT 1", [], reader => reader.GetString(0), cancellationToken))[0];
        throw LoyaltyErrors.TooManyRejected.Because(
            $"{Rejected} of {_read} rows for {table} are unusable ({string.Join(", ", _rejected.Select(rows => $"{rows.Rule} {rows.Rows}"))}), more than the {limit} allowed; one is {example}.", table.Name.ToString());
    }

    // Of an import that is refused the quarantine tells why, row by row.
    private async Task KeepRejectedAsync(CancellationToken cancellationToken)
    {
        if (options.PlanOnly)
            return;
        if (reading != Session)
            await TransferRejectedAsync(cancellationToken);
        await Session.BeginAsync(cancellationToken);
        await QuarantineAsync(cancellationToken);
        await LogBegunAsync(cancellationToken);
        await Session.CommitAsync(cancellationToken);
    }

    private void AskGuards()
    {
        _guards = ImportGuards.Check(table, _read, _counts);
        if (_guards.Count > 0 && !options.Force)
            throw ImportGuards.Refuse(_guards, table);
        foreach (var guard in _guards)
            Reporter.Warning($"Forced past a guard: {guard.Reason}.");
    }

    private async Task CommitAsync(string accepted, CancellationToken cancellationToken)
    {
        (string, string)[] brought = options.Mode == ImportMode.Replace
            ? []
            : [(accepted, RowRules.KeyText(table)), (ImportTables.Rejected, "ROW_KEY")];
        await OpenRows.ResolveAsync(Session, table, RunId, [.. files.Select(file => file.Name)], brought, cancellationToken);
        await QuarantineAsync(cancellationToken);
        await LogSuccessAsync(cancellationToken);
        await Clock.RunAsync("Commit", async () => { await Session.CommitAsync(cancellationToken); return null; });
    }

    private Task<long> QuarantineAsync(CancellationToken cancellationToken) => Session.ExecuteAsync(
        $"""
        INSERT INTO LOYALTY.QUARANTINE (RUN_ID, SOURCE_TABLE, ROW_KEY, RULE, DETAIL)
        SELECT ?, SOURCE_TABLE, ROW_KEY, RULE, DETAIL FROM {ImportTables.Rejected}
        """,
        [RunId],
        cancellationToken);

    private ImportResult Result(bool applied) => new()
    {
        RunId = applied ? RunId : string.Empty,
        SourceTable = table.Name.ToString(),
        Files = [.. files.Select(file => file.Path)],
        Mode = options.Mode,
        Applied = applied,
        RowsRead = _read + Erased,
        Erased = Erased,
        Inserted = _counts.Inserted,
        Updated = _counts.Updated,
        Unchanged = _counts.Unchanged,
        Older = _counts.Older,
        Deleted = _counts.Deleted,
        RejectedByRule = [.. _rejected],
        Seconds = Clock.Seconds,
    };
}
