using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Quality;
using LoyaltyPipeline.Core.Sources.Files;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Loads the rows of files on the assumption that they are all right, which they mostly are. Nothing is kept about where a row came from;
/// where the assumption does not hold, the rows must be loaded again by <see cref="RowScreen"/>.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="table">The table the files belong to.</param>
/// <param name="scans">The files.</param>
internal sealed class OptimisticLoad(IWarehouseSession session, CatalogTable table, IReadOnlyList<FileScan> scans)
{
    private readonly FileLoader _loader = new(session, table);

    /// <summary>Loads the rows.</summary>
    /// <param name="target">The table to load into.</param>
    /// <param name="beginAsync">Makes the table empty, whatever was begun before.</param>
    /// <param name="cancellationToken">Cancels the statement at hand.</param>
    /// <returns>Rows loaded; null where the engine cannot read all of them.</returns>
    public async Task<long?> TryLoadAsync(string target, Func<Task> beginAsync, CancellationToken cancellationToken)
    {
        // What the engine refuses as a whole may still be read record by record; the careful way finds out, and says so if not.
        if (scans.Any(scan => scan.MustSort || scan.Unreadable is { Unreadable: > 0 }))
            return null;
        await beginAsync();
        long sum = 0;
        foreach (var scan in scans)
        {
            if (await TryLoadAsync(scan, target, cancellationToken) is not { } read)
                return null;
            sum += read;
        }

        return sum;
    }

    /// <summary>Whether the rows that were loaded are all right.</summary>
    /// <param name="target">The table they were loaded into.</param>
    /// <param name="hasUniqueKeys">Whether keys must not occur twice.</param>
    /// <param name="cancellationToken">Cancels the query at hand.</param>
    public async Task<bool> IsCleanAsync(string target, bool hasUniqueKeys, CancellationToken cancellationToken) =>
        await session.CountAsync($"SELECT COUNT(*) FROM {target} WHERE {RowRules.Of(table).AnyBroken}", cancellationToken) == 0
        && !(hasUniqueKeys && await KeyUniqueness.HasDuplicatesAsync(session, target, table.Key, cancellationToken));

    private async Task<long?> TryLoadAsync(FileScan scan, string target, CancellationToken cancellationToken)
    {
        if (scan.RejectsTable is not null)
            await session.ExecuteAsync($"DROP TABLE IF EXISTS {scan.RejectsTable}", cancellationToken);
        try
        {
            var read = await _loader.LoadAsync(scan, target, cancellationToken);
            var rejected = scan.RejectsTable is null ? 0 : await session.CountAsync($"SELECT COUNT(*) FROM {scan.RejectsTable}", cancellationToken);
            return rejected == 0 ? read : null;
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.SourceFileUnreadable && scan.Sort is not null)
        {
            return null;
        }
    }
}
