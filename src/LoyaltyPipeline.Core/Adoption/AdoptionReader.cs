using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Merging;
using LoyaltyPipeline.Core.Reporting;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Adoption;

/// <summary>Reads adoption of features by region.</summary>
public static class AdoptionReader
{
    private const string View = "LOYALTY.FEATURE_ADOPTION_TREND";

    private static readonly StoredTable Table = new(View, KeyColumns: 4);

    /// <summary>Reads adoption on a day.</summary>
    /// <param name="query">Which.</param>
    /// <param name="reporter">Is warned where nothing was counted on the day, and hears of each name in full that is not there:
    /// <c>RegionNotFound</c>, <c>ModuleNotFound</c>, <c>FeatureNotFound</c>; of a row that cannot be read, <c>LogRowUnreadable</c>.</param>
    /// <returns>Adoption by region, module and feature, as it is read.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>; <c>DayNotWritten</c>: no day up to the one asked for has been
    /// written.</exception>
    public static async IAsyncEnumerable<FeatureAdoption> ReadAsync(
        IWarehouse warehouse, AdoptionQuery query, IRunReporter reporter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, View);
        var day = await FindDayAsync(session, query.AsOf, cancellationToken);
        var isCounted = false;
        var missing = new MissingNames(query);
        foreach (var adoption in await ReadAsync(session, day, reporter.Unreadable, cancellationToken))
        {
            isCounted = true;
            missing.Saw(adoption);
            if (NamePattern.FitsAny(query.Regions, adoption.RegionCode, adoption.RegionName)
                && NamePattern.FitsAny(query.Modules, adoption.ModuleName) && NamePattern.FitsAny(query.Features, adoption.FeatureName))
                yield return adoption;
        }

        missing.Report(day, reporter);
        if (!isCounted)
        {
            reporter.Warning(
                $"No adoption is counted for {day:yyyy-MM-dd}: nobody had taken up a feature by then, the source FEATURE_ADOPTION was missing, or an earlier version wrote the day. Invoke-LoyaltyMerge -RunDate {day:yyyy-MM-dd} counts it.");
        }
    }

    /// <summary>Reads the values there are of a column on the newest day, for people to choose from.</summary>
    /// <param name="column">A text column of the view, for example <c>REGION_CODE</c>.</param>
    /// <returns>The values, in order.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<string>> ReadValuesAsync(
        IWarehouse warehouse, string column, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, View);
        return await session.ListAsync(
            $"SELECT DISTINCT {column} FROM LOYALTY.FEATURE_ADOPTION_BY_REGION ORDER BY 1", [], reader => reader.GetString(0),
            cancellationToken);
    }

    /// <summary>Reads all adoption on a day.</summary>
    internal static Task<IReadOnlyList<FeatureAdoption>> ReadAsync(
        IWarehouseSession session, DateOnly day, Action<LoyaltyException> unreadable, CancellationToken cancellationToken) =>
        session.ListAsync(Table, On(day), [], Read, unreadable, cancellationToken);

    private static string On(DateOnly day) =>
        $"""
        SELECT SNAPSHOT_DATE, REGION_CODE, MODULE_NAME, FEATURE_NAME, REGION_NAME, REGION_CLASS,
            ADOPTERS, ACTIVE_USERS, ACTIVE_ADOPTERS, ADOPTION_RATE, USE_COUNT, ACTIVE_30D, ADOPTERS_BEFORE, CHANGE_30D, IS_SMALL_REGION
        FROM {View} WHERE SNAPSHOT_DATE = {SqlText.Literal(day)} ORDER BY REGION_CODE, MODULE_NAME, FEATURE_NAME
        """;

    // A day that History was thinned of is still counted.
    private static async Task<DateOnly> FindDayAsync(IWarehouseSession session, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var written = await session.NewestDayAsync(SnapshotDay.Table, "SNAPSHOT_DATE", asOf, cancellationToken);
        var counted = await session.NewestDayAsync(AdoptionLog.Table, "RUN_DATE", asOf, cancellationToken);
        return new[] { written, counted }.Max()
            ?? throw LoyaltyErrors.DayNotWritten.Because(
                asOf is { } wanted ? $"No day up to {wanted:yyyy-MM-dd} has been written." : "No day has been written.", asOf);
    }

    private static FeatureAdoption Read(StoredRow row) => new(
        Midnight.Of(row.Day(0)),
        row.Text(1),
        row.TextOrNull(4),
        row.TextOrNull(5),
        row.Text(2),
        row.Text(3),
        row.Whole(6),
        row.Whole(7),
        row.Whole(8),
        row.NumberOrNull(9),
        row.Whole(10),
        row.Whole(11),
        row.Whole(12),
        row.Whole(13),
        row.Flag(14));

    /// <summary>The names in full of a query that no row of the day has had so far.</summary>
    private sealed class MissingNames(AdoptionQuery query)
    {
        private readonly List<string> _regions = Full(query.Regions);
        private readonly List<string> _modules = Full(query.Modules);
        private readonly List<string> _features = Full(query.Features);

        /// <summary>Strikes out the names that a row has, whether or not it is asked for.</summary>
        public void Saw(FeatureAdoption adoption)
        {
            _regions.RemoveAll(
                name => NamePattern.Fits(name, adoption.RegionCode)
                    || (adoption.RegionName is { } region && NamePattern.Fits(name, region)));
            _modules.RemoveAll(name => NamePattern.Fits(name, adoption.ModuleName));
            _features.RemoveAll(name => NamePattern.Fits(name, adoption.FeatureName));
        }

        /// <summary>Tells of what is left.</summary>
        public void Report(DateOnly day, IRunReporter reporter)
        {
            foreach (var (definition, what, names) in new[] { (LoyaltyErrors.RegionNotFound, "region", _regions),
                (LoyaltyErrors.ModuleNotFound, "module", _modules), (LoyaltyErrors.FeatureNotFound, "feature", _features) })
            {
                foreach (var name in names)
                    reporter.NotFound(definition.Because($"No adoption is counted for a {what} {name} on {day:yyyy-MM-dd}.", name));
            }
        }

        private static List<string> Full(IReadOnlyList<string> names) =>
            [.. names.Where(name => !NameMatch.IsPattern(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
