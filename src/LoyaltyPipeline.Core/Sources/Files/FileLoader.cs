using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Loads the rows of scanned files into tables.</summary>
/// <param name="table">The table the files belong to.</param>
internal sealed class FileLoader(IWarehouseSession session, CatalogTable table)
{
    /// <summary>Number of the file a row came from.</summary>
    public const string FileIndex = "FILE_INDEX";

    /// <summary>Number of the row among those of its file.</summary>
    public const string Record = "RECORD_NUMBER";

    /// <summary>
    /// What is wrong with a row that cannot be read, or with its first cell that is no value of its type; NULL where all is well.
    /// </summary>
    public const string Fault = "ROW_FAULT";

    /// <summary>
    /// Loads rows on the assumption that they are all right, which they mostly are: nothing is kept about where
    /// a row came from. A row with a cell that is no value of its type gets a NULL key, which no sound row has.
    /// </summary>
    /// <param name="alike">Files whose <see cref="Statement"/> differs in the place alone.</param>
    /// <param name="target">The table to load into.</param>
    /// <returns>Rows loaded.</returns>
    public Task<long> LoadAsync(IReadOnlyList<FileScan> alike, string target, CancellationToken cancellationToken)
    {
        var place = alike.Count == 1 ? alike[0].Place : $"[{SqlText.List(alike.Select(scan => scan.Place))}]";
        return ExecuteAsync(alike[0], Statement(alike[0], place, target), cancellationToken);
    }

    /// <summary>The statement that loads a file on that assumption.</summary>
    /// <param name="place">Where files lie that are read as it is, as SQL.</param>
    /// <param name="target">The table to load into.</param>
    public string Statement(FileScan scan, string place, string target)
    {
        var failed = string.Join(" OR ", Failures(scan).Select(failure => failure.Condition));
        var values = table.Columns.Select(
            column => column == table.Key[0] && failed.Length > 0
                ? $"CASE WHEN {failed} THEN NULL ELSE V_{column.Name} END"
                : $"V_{column.Name}");
        return $"""
            INSERT INTO {target} ({Columns})
            SELECT {SqlText.List(values)}
            FROM (SELECT *, {Values(scan)} FROM {scan.Read(place)} AS f) AS v
            """;
    }

    /// <summary>Loads rows with their place in the file and what is wrong with them.</summary>
    /// <returns>Rows loaded.</returns>
    public Task<long> LoadInDetailAsync(FileScan scan, int index, string target, CancellationToken cancellationToken)
    {
        var failures = Failures(scan).ToList();
        var fault = failures.Count == 0
            ? "CAST(NULL AS VARCHAR)"
            : $"CASE {string.Join(' ', failures.Select(failure => $"WHEN {failure.Condition} THEN {failure.Fault}"))} END";
        return ExecuteAsync(
            scan,
            $"""
            INSERT INTO {target} ({Columns}, {FileIndex}, {Record}, {Fault})
            SELECT {SqlText.List(table.Columns.Select(column => $"V_{column.Name}"))}, {index}, {Record}, {fault}
            FROM (SELECT *, {Values(scan)}, {scan.RecordNumber} AS {Record} FROM {scan.Relation} AS f) AS v
            """,
            cancellationToken);
    }

    private string Columns => SqlText.List(table.Columns.Select(column => column.Name));

    private string Values(FileScan scan) => SqlText.List(table.Columns.Select(column => $"{scan.Value(column)} AS V_{column.Name}"));

    private IEnumerable<(string Condition, string Fault)> Failures(FileScan scan)
    {
        foreach (var (condition, fault) in scan.Malformed)
            yield return (condition, $"'{fault}'");
        foreach (var column in table.Columns.Where(scan.CanFail))
            yield return ($"({scan.Cells[column.Name]} IS NOT NULL AND V_{column.Name} IS NULL)", scan.Fault(column));
    }

    private async Task<long> ExecuteAsync(FileScan scan, string sql, CancellationToken cancellationToken)
    {
        try
        {
            return await session.ExecuteAsync(sql, cancellationToken);
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
        {
            throw LoyaltyErrors.SourceFileUnreadable.Because(
                $"{scan.File.Path} cannot be read: {DuckDbErrors.ReasonOf(exception)}", scan.File.Path, cause: exception);
        }
    }
}
