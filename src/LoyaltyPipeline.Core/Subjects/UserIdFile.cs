using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Sources.Files;

namespace LoyaltyPipeline.Core.Subjects;

/// <summary>Reads ids of users from a file of any format that can be imported: its column USER_ID, whatever else it has.</summary>
public static class UserIdFile
{
    private const string Loaded = "USER_ID_FILE";

    private static readonly CatalogTable Ids = new()
    {
        Name = new TableName("FILE", "USER_ID"),
        Kind = TableKind.Source,
        Description = string.Empty,
        Columns =
        [
            new CatalogColumn { Name = LoyaltyCatalog.User.Column, Type = new ColumnType(DataType.BigInt), Description = string.Empty },
        ],
    };

    /// <summary>Reads the ids, in the order of the file.</summary>
    /// <exception cref="LoyaltyException"><c>SourcePathNotFound</c>, <c>SourceFormatUnknown</c>, <c>SourceFileUnreadable</c>,
    /// <c>SourceColumnMissing</c>.</exception>
    public static async Task<IReadOnlyList<long>> ReadAsync(
        string path, PipelineConfig config, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var file = Find(path);
        await using var engine = await EmbeddedEngine.OpenAsync(cancellationToken);
        using var opener = new FileOpener(engine.Session, CsvSpelling.Of(',', config.NullTokens), reporter);
        var scan = await OpenAsync(opener, file, cancellationToken);
        if (scan.Sort is { } sort)
            scan = sort(cancellationToken);
        await engine.Session.ExecuteAsync(
            $"""
            CREATE TEMPORARY TABLE {Loaded} (
                USER_ID BIGINT, {FileLoader.FileIndex} INTEGER, {FileLoader.Record} BIGINT, {FileLoader.Fault} VARCHAR)
            """,
            cancellationToken);
        await new FileLoader(engine.Session, file.Table).LoadInDetailAsync(scan, 0, Loaded, cancellationToken);
        opener.DemandUnchanged();
        await DemandSoundAsync(engine.Session, scan, path, cancellationToken);
        return await engine.Session.ListAsync(
            $"SELECT USER_ID FROM {Loaded} ORDER BY {FileLoader.Record}", [], reader => reader.LongAt(0), cancellationToken);
    }

    private static async Task<FileScan> OpenAsync(FileOpener opener, SourceFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await opener.OpenAsync(file, 0, cancellationToken);
        }
        catch (LoyaltyException failure) when (failure.Definition == LoyaltyErrors.SourceColumnMissing)
        {
            throw LoyaltyErrors.SourceColumnMissing.Because(
                $"{file.Path} has no column {LoyaltyCatalog.User.Column}.", file.Path,
                $"Give the file a header line that has {LoyaltyCatalog.User.Column}, and separate its values by commas.", failure);
        }
    }

    private static SourceFile Find(string path) => !File.Exists(path)
        ? throw LoyaltyErrors.SourcePathNotFound.Because($"There is no file {path}.", path, "Check the path.")
        : SourceFileName.FormatOf(path) is { } format
            ? new SourceFile(path, Ids with { Key = Ids.Columns }, format, SourceFileName.IsCompressed(path))
            : throw LoyaltyErrors.SourceFormatUnknown.Because($"The name of {path} ends in no format that can be read.", path);

    private static string Where(IReadOnlyList<(long Row, string Fault)> faults) =>
        faults.Count == 0 ? string.Empty : $", the first of them in line or row {faults[0].Row}: {faults[0].Fault}";

    // An id that cannot be read may be somebody who asked to be left alone: all of the file, or nothing.
    private static async Task DemandSoundAsync(IWarehouseSession session, FileScan scan, string path, CancellationToken cancellationToken)
    {
        var faults = await session.ListAsync(
            $"""
            SELECT {FileLoader.Record}, COALESCE({FileLoader.Fault}, 'USER_ID has no value')
            FROM {Loaded} WHERE {FileLoader.Fault} IS NOT NULL OR USER_ID IS NULL ORDER BY {FileLoader.Record} LIMIT 1
            """,
            [],
            reader => (Row: reader.LongAt(0), Fault: reader.GetString(1)),
            cancellationToken);
        var unreadable = scan.Unreadable?.Unreadable ?? 0;
        if (faults.Count > 0 || unreadable > 0)
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{path} has rows that name no user{Where(faults)}.",
                path, "Correct the file and run again; nothing of it was taken.");
    }
}
