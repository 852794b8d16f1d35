using System.Diagnostics;
using LoyaltyPipeline.Core.Audit;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Files;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Backups;

/// <summary>Writes a copy of a warehouse while runs wait, and notes who has taken one: it holds all that the warehouse does.</summary>
public static class WarehouseBackup
{
    private const string Master = "LOYALTY.MASTER";

    /// <summary>Makes sure that a backup can be written to a place.</summary>
    /// <exception cref="LoyaltyException"><c>BackupExists</c>, <c>BackupFailed</c>.</exception>
    public static void DemandPlace(string path)
    {
        if (Path.Exists(path) || FileFacts.TargetOfBrokenLink(path) is not null)
            throw LoyaltyErrors.BackupExists.Because($"There is {(Directory.Exists(path) ? "a folder" : "a file")} {path} already.", path);
        if (Path.EndsInDirectorySeparator(path) || !Directory.Exists(Path.GetDirectoryName(path)))
            throw LoyaltyErrors.BackupFailed.Because(
                $"The backup {path} could not be written: its folder does not exist.", path, "Make the folder, or name another file.");
    }

    /// <summary>Writes the backup.</summary>
    /// <param name="path">The full path of a file that is not there.</param>
    /// <param name="wait">How long to wait for another run; null for not at all.</param>
    /// <param name="cancellationToken">Gives up; there is no file then.</param>
    /// <exception cref="LoyaltyException"><c>BackupExists</c>, <c>BackupFailed</c>, <c>BackupNotSupported</c>, <c>RunLocked</c>,
    /// <c>WarehouseNotInitialized</c>, <c>ReconciliationFailed</c>.</exception>
    public static async Task<BackupResult> WriteAsync(
        IWarehouse warehouse, string path, LockWait? wait, IRunReporter reporter, CancellationToken cancellationToken)
    {
        DemandPlace(path);
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        if (await IsOfEarlierVersionAsync(session, cancellationToken))
            return await CopyAsync(warehouse, path, reporter, cancellationToken);
        await using var runLock = await RunLock.TakeAsync(warehouse, wait, reporter, cancellationToken);
        await NoteAsync(AuditOutcome.Begun, errorId: null);
        try
        {
            var result = await CopyAsync(warehouse, path, reporter, cancellationToken);
            await NoteAsync(AuditOutcome.Succeeded, errorId: null);
            return result;
        }
        catch (Exception failure) when (failure is LoyaltyException or OperationCanceledException)
        {
            await (failure is LoyaltyException known
                ? NoteAsync(AuditOutcome.Failed, known.ErrorId)
                : NoteAsync(AuditOutcome.Cancelled, LoyaltyErrors.Cancelled.Id));
            throw;
        }

        Task NoteAsync(AuditOutcome outcome, string? errorId) => AuditLog.NoteAsync(
            session, AuditChain.Runs,
            new AuditDraft(AuditAction.Backup, outcome, new AuditParameters { { "path", path } }, RunId: null, errorId),
            CancellationToken.None);
    }

    // A copy is wanted just before an upgrade. Runs of this version write nothing in such a warehouse, so that none has to wait, and there is no
    // trail yet to note the copy in.
    private static async Task<bool> IsOfEarlierVersionAsync(IWarehouseSession session, CancellationToken cancellationToken)
    {
        var tables = await SchemaReader.ReadAsync(session, cancellationToken);
        return tables.ContainsKey(Master) && !AuditLog.Tables.Append(SchemaVersion.Table.ToString()).All(tables.ContainsKey);
    }

    private static async Task<BackupResult> CopyAsync(
        IWarehouse warehouse, string path, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        reporter.Progress(new RunProgress("Backing up", path, Percent: null));
        var copy = await warehouse.CopyAsync(path, cancellationToken);
        return new BackupResult
        {
            Path = path,
            Warehouse = warehouse.Location,
            Tables = copy.Tables,
            Rows = copy.Rows,
            Bytes = copy.Bytes,
            Seconds = clock.Elapsed.TotalSeconds,
        };
    }
}
