using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources.Files;

/// <summary>Loads the rows of scanned files into tables.</summary>
/// <param name="session">The session.</param>
/// <param name="table">The table the files belong to.</param>
internal sealed class FileLoader(IWarehouseSession session, CatalogTable table)
{
    /// <summary>Number of the file a row came from.</summary>
    public const string FileIndex = "FILE_INDEX";

    /// <summary>Number of the row among those of its file.</summary>
    public const string Record = "RECORD_NUMBER";

    /// <summary>The column whose cell is no value of its type; empty where the row cannot be read at all, NULL where all is well.</summary>
    public const string BadColumn = "BAD_COLUMN";

    /// <summary>Loads rows as fast as the engine reads, until one is spelled in an unusual way.</summary>
    /// <returns>Rows loaded; null where a row was unusual or unreadable, after which the transaction must be rolled back.</returns>
    public async Task<long?> TryLoadQuicklyAsync(FileScan scan, string target, CancellationToken cancellationToken)
    {
        var found = table.Columns.Where(column => scan.Cells.ContainsKey(column.Name)).ToList();
        var isQuick = found.Where(column => column.Type.DataType != DataType.Varchar).Select(column =>
            (column.Nullable ? $"({scan.Cells[column.Name]} IS NULL OR " : "(") + $"{ValueConversion.IsQuick(column.Type, scan.Cells[column.Name], $"V_{column.Name}")})");
        var key = table.Key[0];
        var values = found.Select(column => column == key
            ? $"CASE WHEN {string.Join(" AND ", isQuick.DefaultIfEmpty("TRUE"))} THEN V_{key.Name} ELSE CAST(error('unusual') AS {key.Type}) END" : $"V_{column.Name}");
        try
        {
            return await session.ExecuteAsync(
                $"""
                INSERT INTO {target} ({SqlText.List(found.Select(column => column.Name))}) SELECT {SqlText.List(values)} FROM
                (SELECT *, {SqlText.List(found.Select(column => $"{ValueConversion.FromQuick(column.Type, scan.Cells[column.Name])} AS V_{column.Name}"))} FROM {scan.QuickRelation} AS f) AS v
                """,
                cancellationToken);
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
        {
            return null;
        }
    }

    /// <summary>
    /// Loads rows on the assumption that they are all right, which they mostly are: nothing is kept about where
    /// a row came from. A row with a cell that is no value of its type gets a NULL key, which no sound row has.
    /// </summary>
    /// <returns>Rows loaded.</returns>
    public Task<long> LoadAsync(FileScan scan, string target, CancellationToken cancellationToken)
    {
        var failed = string.Join(" OR ", Failures(scan).Select(failure => failure.Condition));
        var values = table.Columns.Select(column => column == table.Key[0] && failed.Length > 0 ? $"CASE WHEN {failed} THEN NULL ELSE V_{column.Name} END" : $"V_{column.Name}");
        return ExecuteAsync(scan, $"INSERT INTO {target} ({Columns}) SELECT {SqlText.List(values)} FROM (SELECT *, {Values(scan)} FROM {scan.Relation} AS f) AS v", cancellationToken);
    }

    /// <summary>Loads rows with their place in the file and what is wrong with them.</summary>
    /// <returns>Rows loaded.</returns>
    public Task<long> LoadInDetailAsync(FileScan scan, int index, string target, CancellationToken cancellationToken)
    {
        var failures = Failures(scan).ToList();
        var bad = failures.Count == 0 ? "CAST(NULL AS VARCHAR)" : $"CASE {string.Join(' ', failures.Select(failure => $"WHEN {failure.Condition} THEN '{failure.Column}'"))} END";
        return ExecuteAsync(
            scan,
            $"INSERT INTO {target} ({Columns}, {FileIndex}, {Record}, {BadColumn}) SELECT {SqlText.List(table.Columns.Select(column => $"V_{column.Name}"))}, {index}, {Record}, {bad} FROM (SELECT *, {Values(scan)}, {scan.RecordNumber} AS {Record} FROM {scan.Relation} AS f) AS v",
            cancellationToken);
    }

    private string Columns => SqlText.List(table.Columns.Select(column => column.Name));

    private string Values(FileScan scan) => SqlText.List(table.Columns.Select(column => $"{scan.Value(column)} AS V_{column.Name}"));

    private IEnumerable<(string Column, string Condition)> Failures(FileScan scan)
    {
        if (scan.Malformed is not null)
            yield return (string.Empty, scan.Malformed);
        foreach (var column in table.Columns.Where(scan.CanFail))
            yield return (column.Name, $"({scan.Cells[column.Name]} IS NOT NULL AND V_{column.Name} IS NULL)");
    }

    private async Task<long> ExecuteAsync(FileScan scan, string sql, CancellationToken cancellationToken)
    {
        try
        {
            return await session.ExecuteAsync(sql, cancellationToken);
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
        {
            throw LoyaltyErrors.SourceFileUnreadable.Because($"{scan.File.Path} cannot be read: {exception.InnerException?.Message}", scan.File.Path, cause: exception);
        }
    }
}
