using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>
/// The sources of a replay in which no row is rejected. A source without bad rows, orphans and rivals has none on any earlier day either,
/// so it is judged once for all days of a replay, and what a day reads of it is known. (All profiles count on every day, so who is an
/// orphan does not depend on the day.)
/// </summary>
internal sealed class CleanSources
{
    private readonly Dictionary<TableName, IReadOnlyList<DayCount>> _counts = [];
    private readonly List<CatalogTable> _empty = [];

    private CleanSources()
    {
    }

    /// <summary>The sources without any row.</summary>
    public IReadOnlyList<CatalogTable> Empty => _empty;

    /// <summary>Judges all sources on the last day of a replay.</summary>
    /// <param name="session">The session of the replay.</param>
    /// <param name="relationOf">A source's rows that count on it.</param>
    public static async Task<CleanSources> FindAsync(
        IWarehouseSession session, LoyaltyCatalog catalog, DateOnly lastDay, Func<CatalogTable, string> relationOf,
        CancellationToken cancellationToken)
    {
        var clean = new CleanSources();
        var judge = new SourceJudge(session, lastDay);
        await judge.PrepareAsync(cancellationToken);
        foreach (var source in catalog.Sources.OrderByDescending(source => source == catalog.Users))
        {
            var relation = relationOf(source);
            var judged = await judge.JudgeAsync(source, relation, source == catalog.Users, cancellationToken);
            if (source == catalog.Users)
                await judge.CountRowsOfUsersAsync(
                    catalog.Sources.Where(other => other != source).Select(other => (other, relationOf(other))), cancellationToken);
            if (judged.Log.RowsRead == 0)
                clean._empty.Add(source);
            if (judged.Log.RowsQuarantined == 0)
                clean._counts.Add(source.Name, await CountAsync(session, source, relation, cancellationToken));
        }

        return clean;
    }

    /// <summary>Whether a source has no rejected row.</summary>
    public bool Contains(CatalogTable source) => _counts.ContainsKey(source.Name);

    /// <summary>What a run for a day reads of a clean source.</summary>
    public SourceLog On(CatalogTable source, DateOnly day)
    {
        var counted = _counts[source.Name].TakeWhile(count => count.Day <= day).ToList();
        var rows = counted.Sum(count => count.Rows);
        return new SourceLog(source.Name.ToString(), rows, rows, 0, counted.Max(count => count.NewestEvent), seconds: 0);
    }

    /// <summary>
    /// The rows of a day among those that a run for the day reads of a clean source, as <see cref="JudgedSource.RowsOfDay"/> counts them.
    /// </summary>
    public long RowsOf(CatalogTable source, DateOnly day) =>
        _counts[source.Name].Where(count => source.CountedBy is null || count.Day == day).Sum(count => count.Rows);

    // A row without a day counts on every day.
    private static Task<IReadOnlyList<DayCount>> CountAsync(
        IWarehouseSession session, CatalogTable source, string relation, CancellationToken cancellationToken)
    {
        var day = source.CountedBy is { } counted ? $"CAST({counted.Name} AS DATE)" : "CAST(NULL AS DATE)";
        var newest = source.EventTime is { } time ? $"CAST(MAX({time.Name}) AS TIMESTAMP)" : "CAST(NULL AS TIMESTAMP)";
        return session.ListAsync(
            $"SELECT {day}, COUNT(*), {newest} FROM {relation} AS r GROUP BY 1 ORDER BY 1 NULLS FIRST",
            [],
            reader => new DayCount(reader.DateAt(0) ?? DateOnly.MinValue, reader.LongAt(1), reader.TimeAt(2)),
            cancellationToken);
    }

    private sealed record DayCount(DateOnly Day, long Rows, DateTime? NewestEvent);
}
