using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Quality;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Sources.Files;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>The import of one table, in one transaction.</summary>
internal sealed class TableImport(
    PipelineDefinition pipeline, CatalogTable table, IReadOnlyList<SourceFile> files, IWarehouseSession session, ImportOptions options, IRunReporter reporter)
{
    private readonly StepClock _clock = new($"Importing {table}", files.Count + 4, reporter);
    private IReadOnlyList<RejectedRows> _rejected = [];
    private ImportCounts _counts = new(0, 0, 0, 0);
    private long _read;

    public string RunId => field ??= Runs.RunId.Create(StartedAt);

    public DateTime StartedAt => _clock.StartedAt;

    /// <summary>Imports, or finds out what an import would do.</summary>
    public async Task<ImportResult> RunAsync(CancellationToken cancellationToken)
    {
        using var opener = new FileOpener(session, options.Delimiter, reporter);
        var scans = new List<FileScan>();
        foreach (var file in files)
            await _clock.RunAsync($"Open {file.Name}", async () => { scans.Add(await opener.OpenAsync(file, scans.Count, cancellationToken)); return null; });

        var target = new ImportTarget(session, table, options.Mode);
        await target.PrepareAsync(create: !options.PlanOnly, cancellationToken);
        await PrepareQuarantineAsync(cancellationToken);
        var direct = target.IsEmptied && !options.PlanOnly;
        if (direct && await TryDirectAsync(scans, target, cancellationToken))
            return Result(applied: true);

        var accepted = ImportTables.Stage;
        await _clock.RunAsync("Stage", async () => { accepted = await StageAsync(scans, isUnclean: direct, cancellationToken); return _read; });
        await CheckLimitAsync(cancellationToken);
        if (!options.PlanOnly)
            await session.BeginAsync(cancellationToken);
        await _clock.RunAsync("Store", async () => { _counts = await target.StoreAsync(accepted, options.PlanOnly, cancellationToken); return _counts.Inserted + _counts.Updated; });
        if (!options.PlanOnly)
            await CommitAsync(cancellationToken);
        return Result(applied: !options.PlanOnly);
    }

    /// <summary>The run as the log keeps it.</summary>
    public RunRecord Record(RunStatus status) => new()
    {
        RunId = RunId,
        Kind = RunKind.Import,
        Status = status,
        StartedAt = StartedAt,
        Seconds = _clock.Seconds,
        Inserted = status == RunStatus.Succeeded ? _counts.Inserted : 0,
        Updated = status == RunStatus.Succeeded ? _counts.Updated : 0,
        Deleted = status == RunStatus.Succeeded ? _counts.Deleted : 0,
        Unchanged = status == RunStatus.Succeeded ? _counts.Unchanged : 0,
        Quarantined = Rejected,
        ModuleVersion = pipeline.ModuleVersion,
        Steps = _clock.Steps,
        Sources = [new SourceLog(table.Name.ToString(), _read, _read - Rejected, Rejected, null, _clock.Seconds)],
    };

    private long Rejected => _rejected.Sum(rows => rows.Rows);

    // The fast way: into the empty table itself. If that turns up one row that is not all right, it is taken back and the careful way is gone.
    private async Task<bool> TryDirectAsync(List<FileScan> scans, ImportTarget target, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken);
        var deleted = await target.EmptyAsync(cancellationToken);
        var clean = false;
        await _clock.RunAsync("Load", async () => { clean = await TryLoadAsync(scans, target.Name, cancellationToken); return _read; });
        if (clean)
            await _clock.RunAsync("Check", async () => { clean = await IsCleanAsync(scans, target.Name, cancellationToken); return _read; });
        if (!clean)
        {
            await session.RollbackAsync();
            return false;
        }

        _counts = new ImportCounts(_read, 0, deleted, 0);
        await CommitAsync(cancellationToken);
        return true;
    }

    private async Task<string> StageAsync(List<FileScan> scans, bool isUnclean, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Stage} ({Ddl.ColumnList(session.Dialect, table.Columns)})", cancellationToken);
        if (!isUnclean && await TryLoadAsync(scans, ImportTables.Stage, cancellationToken) && await IsCleanAsync(scans, ImportTables.Stage, cancellationToken))
            return ImportTables.Stage;
        (var accepted, _read) = await new RowScreen(session, table).RunAsync(scans, PickWinners, cancellationToken);
        return accepted;
    }

    private bool PickWinners => options.Mode == ImportMode.Upsert;

    // What the engine refuses as a whole may still be read record by record; the careful way finds out, and says so if not.
    private async Task<bool> TryLoadAsync(List<FileScan> scans, string target, CancellationToken cancellationToken)
    {
        if (scans.Exists(scan => scan.MustSort || scan.Unreadable is { Unreadable: > 0 }))
            return false;
        var loader = new FileLoader(session, table);
        _read = 0;
        foreach (var scan in scans)
        {
            if (scan.RejectsTable is not null)
                await session.ExecuteAsync($"DROP TABLE IF EXISTS {scan.RejectsTable}", cancellationToken);
            try
            {
                _read += await loader.LoadAsync(scan, target, cancellationToken);
            }
            catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.SourceFileUnreadable && scan.Sort is not null)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> IsCleanAsync(List<FileScan> scans, string loaded, CancellationToken cancellationToken)
    {
        foreach (var scan in scans.Where(scan => scan.RejectsTable is not null))
        {
            if (await session.CountAsync($"SELECT COUNT(*) FROM {scan.RejectsTable}", cancellationToken) > 0)
                return false;
        }

        return await session.CountAsync($"SELECT COUNT_IF({RowRules.Of(table).AnyBroken}) FROM {loaded}", cancellationToken) == 0
            && !(PickWinners && await KeyUniqueness.HasDuplicatesAsync(session, loaded, table.Key, cancellationToken));
    }

    private Task PrepareQuarantineAsync(CancellationToken cancellationToken) => session.ExecuteAsync(
        $"CREATE OR REPLACE TEMPORARY TABLE {ImportTables.Rejected} (SOURCE_TABLE VARCHAR, ROW_KEY VARCHAR, RULE VARCHAR, DETAIL VARCHAR)", cancellationToken);

    private async Task CheckLimitAsync(CancellationToken cancellationToken)
    {
        _rejected = await session.ListAsync(
            $"SELECT RULE, COUNT(*) FROM {ImportTables.Rejected} GROUP BY RULE ORDER BY RULE", [], reader => new RejectedRows(table.Name.ToString(), reader.GetString(0), reader.LongAt(1)), cancellationToken);
        if (options.MaxRejected is not { } limit || !limit.IsExceeded(Rejected, _read))
            return;
        var example = (await session.ListAsync($"SELECT DETAIL FROM {ImportTables.Rejected} LIMIT 1", [], reader => reader.GetString(0), cancellationToken))[0];
        throw LoyaltyErrors.TooManyRejected.Because(
            $"{Rejected} of {_read} rows for {table} are unusable ({string.Join(", ", _rejected.Select(rows => $"{rows.Rule} {rows.Rows}"))}), more than the {limit} allowed; one is {example}.", table.Name.ToString());
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"INSERT INTO LOYALTY.QUARANTINE (RUN_ID, SOURCE_TABLE, ROW_KEY, RULE, DETAIL) SELECT ?, SOURCE_TABLE, ROW_KEY, RULE, DETAIL FROM {ImportTables.Rejected}", [RunId], cancellationToken);
        await RunLog.WriteAsync(session, Record(RunStatus.Succeeded), cancellationToken);
        await _clock.RunAsync("Commit", async () => { await session.CommitAsync(cancellationToken); return null; });
    }

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
        Deleted = _counts.Deleted,
        RejectedByRule = _rejected,
        Seconds = _clock.Seconds,
    };
}
