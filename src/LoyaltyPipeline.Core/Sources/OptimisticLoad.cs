using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Quarantine;
using LoyaltyPipeline.Core.Sources.Files;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Loads the rows of files on the assumption that they are all right, which they mostly are. Nothing is kept about where a row came from;
/// where the assumption does not hold, the rows must be loaded again by <see cref="RowScreen"/>.
/// </summary>
/// <param name="table">The table the files belong to.</param>
internal sealed class OptimisticLoad(IWarehouseSession session, CatalogTable table, IReadOnlyList<FileScan> scans)
{
    private readonly FileLoader _loader = new(session, table);

    /// <summary>Loads the rows.</summary>
    /// <param name="target">The table to load into.</param>
    /// <param name="beginAsync">Makes the table empty, whatever was begun before.</param>
    /// <returns>Rows loaded; null where the engine cannot read all of them.</returns>
    public async Task<long?> TryLoadAsync(string target, Func<Task> beginAsync, CancellationToken cancellationToken)
    {
        // What the engine refuses as a whole may still be read record by record; the careful way finds out, and says so if not.
        if (scans.Any(scan => scan.MustSort || scan.Unreadable is { Unreadable: > 0 }))
            return null;
        await beginAsync();
        long sum = 0;
        // Files that are read alike are read together: to begin a statement for each of thousands would take longer than to read them.
        foreach (var alike in scans.GroupBy(scan => _loader.Statement(scan, string.Empty, target), StringComparer.Ordinal))
        {
            if (await TryLoadAsync([.. alike], target, cancellationToken) is not { } read)
                return null;
            sum += read;
        }

        return sum;
    }

    /// <summary>Whether the rows that were loaded are all right, and none is worth a word.</summary>
    /// <param name="target">The table they were loaded into.</param>
    /// <param name="hasUniqueKeys">Whether keys must not occur twice.</param>
    public async Task<bool> IsCleanAsync(string target, bool hasUniqueKeys, CancellationToken cancellationToken)
    {
        var swallowed = scans.Select(scan => scan.Swallowed).OfType<string>().Distinct(StringComparer.Ordinal);
        var isUnclean = string.Join(" OR ", swallowed.Prepend(RowRules.Of(table).AnyBroken));
        return await session.CountAsync($"SELECT COUNT(*) FROM {target} WHERE {isUnclean}", cancellationToken) == 0
            && !(hasUniqueKeys && await KeyUniqueness.HasDuplicatesAsync(session, target, table.Key, cancellationToken));
    }

    private async Task<long?> TryLoadAsync(IReadOnlyList<FileScan> alike, string target, CancellationToken cancellationToken)
    {
        try
        {
            return await _loader.LoadAsync(alike, target, cancellationToken);
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.SourceFileUnreadable
            && (alike.Count > 1 || alike[0].Sort is not null))
        {
            return null;
        }
    }
}
