using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Pii;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Sources.Files;

namespace LoyaltyPipeline.Core.PiiScan;

/// <summary>Reads samples of files as an import would read them.</summary>
/// <param name="session">A session that reads files.</param>
/// <param name="options">How to look.</param>
/// <param name="reporter">Hears of columns without a name, and of rows that cannot be read.</param>
internal sealed class FileReader(IWarehouseSession session, PipelineConfig config, PiiScanOptions options, IRunReporter reporter)
{
    private readonly SampleReader _sampler = new(session, options.SampleRows);

    /// <summary>Reads a sample of a file, column by column.</summary>
    /// <exception cref="LoyaltyException"><c>SourceFileUnreadable</c>.</exception>
    public async Task<IReadOnlyList<ColumnSample>> ReadAsync(SourceFile file, CancellationToken cancellationToken)
    {
        using var opener = new FileOpener(
            session, CsvSpelling.Of(options.Delimiter, options.NullTokens.Concat(config.NullTokens)), reporter);
        var scan = await opener.OpenAsync(file, 0, cancellationToken);
        if (scan.MustSort)
            scan = scan.Sort!(cancellationToken);
        var samples = await ReadAsync(scan, cancellationToken);
        opener.DemandUnchanged();
        return samples;
    }

    // What the engine refuses as a whole may still be read record by record.
    private async Task<IReadOnlyList<ColumnSample>> ReadAsync(FileScan scan, CancellationToken cancellationToken)
    {
        try
        {
            var samples = await _sampler.ReadAsync(
                scan.Relation, [.. scan.Cells.Select(cell => (cell.Key, cell.Value))], cancellationToken);
            await TellUnreadableAsync(scan, cancellationToken);
            return samples;
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
        {
            return scan.Sort is { } sort
                ? await ReadAsync(sort(cancellationToken), cancellationToken)
                : throw LoyaltyErrors.SourceFileUnreadable.Because(
                    $"{scan.File.Path} cannot be read: {DuckDbErrors.ReasonOf(exception)}", scan.File.Path,
                    "Have the file delivered again, whole.", exception);
        }
    }

    private async Task TellUnreadableAsync(FileScan scan, CancellationToken cancellationToken)
    {
        if (scan.Unreadable is null && scan.Malformed.Count == 0)
            return;
        var malformed = scan.Malformed.Count == 0 ? "FALSE" : string.Join(" OR ", scan.Malformed.Select(fault => $"({fault.Condition})"));
        var (sound, refused) = (await session.ListAsync(
            $"SELECT COUNT(*) FILTER (WHERE NOT COALESCE({malformed}, FALSE)), COUNT(*) FILTER (WHERE {malformed}) FROM {scan.Relation} AS f",
            [],
            reader => (reader.GetInt64(0), reader.GetInt64(1)),
            cancellationToken))[0];
        var rows = refused + (scan.Unreadable?.Unreadable ?? 0);
        // Nothing found where nothing was looked at would be taken for an answer.
        if (rows > 0 && sound == 0)
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{scan.File.Path} has no row that can be read.", scan.File.Path,
                "Have it delivered as its name says, in UTF-8; nothing of it was looked at.");
        if (rows > 0)
            reporter.Warning(
                $"{scan.File.Name} has {rows} row{(rows == 1 ? string.Empty : "s")} that cannot be read; the others were looked at.");
    }
}
