using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Pii;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.PiiScan;

/// <summary>Looks for personal data in tables and files, by the names of columns and a sample of their values.</summary>
/// <param name="options">How to look.</param>
/// <param name="reporter">Hears of progress and of what cannot be looked at.</param>
public sealed class PiiScanner(PipelineDefinition pipeline, PiiScanOptions options, IRunReporter reporter)
{
    /// <summary>Looks through tables.</summary>
    /// <param name="names">Names and patterns, with or without schema; none for all tables. Views are looked through where their name or a
    /// pattern fits.</param>
    /// <returns>What was found, table by table.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>, <c>QueryFailed</c>; <c>SourceTableUnknown</c> and
    /// <c>SourceMissing</c> go to the reporter.</exception>
    public async IAsyncEnumerable<PiiFinding> ScanTablesAsync(
        IWarehouse warehouse, IReadOnlyList<string> names, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var opened = await PipelineSession.OpenAsync(warehouse, pipeline, options.LockWait, reporter, cancellationToken);
        var shapes = await SchemaReader.RequireInitializedAsync(opened.Session, pipeline.Config.OtherDatabases, cancellationToken);
        var tables = ScannedTables.Find(pipeline.Catalog, names, reporter);
        foreach (var (position, table) in tables.Index())
        {
            reporter.Progress(new RunProgress("Looking for personal data", table.ToString(), position * 100 / tables.Count));
            var place = pipeline.Config.Locate(table.Name);
            if (!shapes.TryGetValue(place, out var shape))
            {
                TellMissing(table, names);
                continue;
            }

            var samples = await new SampleReader(opened.Session, options.SampleRows).ReadAsync(
                place, ScannedTables.ColumnsOf(shape), cancellationToken);
            foreach (var finding in Judge(samples, table, path: null, cancellationToken))
                yield return finding;
        }
    }

    /// <summary>Looks through a file, of any format that can be imported.</summary>
    /// <param name="path">The file, or a folder of files.</param>
    /// <returns>What was found, file by file.</returns>
    /// <exception cref="LoyaltyException"><c>SourcePathNotFound</c>, <c>SourceFormatUnknown</c>, <c>SourceFileUnreadable</c>; of the files
    /// of a folder those go to the reporter.</exception>
    public async IAsyncEnumerable<PiiFinding> ScanFilesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var engine = await EmbeddedEngine.OpenAsync(cancellationToken);
        var reader = new FileReader(engine.Session, pipeline.Config, options, reporter);
        var (files, isFolder) = ScannedFiles.Find(pipeline.Catalog, path, reporter);
        foreach (var (position, file) in files.Index())
        {
            reporter.Progress(new RunProgress("Looking for personal data", file.Name, position * 100 / files.Count));
            IReadOnlyList<ColumnSample> samples = [];
            try
            {
                samples = await reader.ReadAsync(file, cancellationToken);
            }
            catch (LoyaltyException exception) when (isFolder)
            {
                // The other files go on.
                reporter.NotFound(exception);
            }

            foreach (var finding in Judge(samples, ScannedFiles.TableOf(pipeline.Catalog, file), file.Path, cancellationToken))
                yield return finding;
        }
    }

    private IEnumerable<PiiFinding> Judge(
        IReadOnlyList<ColumnSample> samples, CatalogTable? table, string? path, CancellationToken cancellationToken) =>
        from sample in samples
        from finding in ColumnJudge.Judge(sample, IsWanted, cancellationToken)
        select new PiiFinding
        {
            Table = table?.ToString(),
            Path = path,
            Column = table is null ? PiiHeader.Shown(sample.Name) : sample.Name,
            Kind = finding.Kind,
            Share = finding.Share,
            Confidence = finding.Confidence,
            IsDeclared = table is null
                ? null
                : table.FindColumn(sample.Name) is { } column && PiiClasses.Declares(column.PersonalData, finding.Kind),
            Values = sample.Count,
            Examples = [.. finding.Examples],
        };

    private bool IsWanted(PiiKind kind) => options.Kinds.Count == 0 || options.Kinds.Contains(kind);

    // What is not named in full need not be there: a source that has never been imported, a view of a newer catalog.
    private void TellMissing(CatalogTable table, IReadOnlyList<string> names)
    {
        if (!names.Any(
            name => !NameMatch.IsPattern(name)
                && (NamePattern.Fits(name, table.Name.Table) || NamePattern.Fits(name, table.Name.ToString()))))
            return;
        reporter.NotFound(table.Kind == TableKind.Source
            ? LoyaltyErrors.SourceMissing.Because(
                $"The warehouse has no table {pipeline.Config.Describe(table.Name).TrimEnd(',')}.", table.ToString())
            : LoyaltyErrors.WarehouseNotInitialized.Because($"The warehouse has no table {table}.", table.ToString()));
    }
}
