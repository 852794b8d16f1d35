using System.Data.Common;
using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.History;
using LoyaltyPipeline.Core.Metrics;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Schema;
using LoyaltyPipeline.Core.Warehouses;

namespace LoyaltyPipeline.Core.Adoption;

/// <summary>Reads adoption of features by region.</summary>
public static class AdoptionReader
{
    private const string View = "LOYALTY.FEATURE_ADOPTION_TREND";

    /// <summary>Reads adoption on a day.</summary>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="query">Which.</param>
    /// <param name="reporter">Is warned where nothing was counted on the day, and hears of each name in full that is not there: <c>RegionNotFound</c>, <c>ModuleNotFound</c>, <c>FeatureNotFound</c>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Adoption by region, module and feature, as it is read.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>; <c>DayNotWritten</c>: no day up to the one asked for has been written.</exception>
    public static async IAsyncEnumerable<FeatureAdoption> ReadAsync(
        IWarehouse warehouse, AdoptionQuery query, IRunReporter reporter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, View);
        var day = await FindDayAsync(session, query.AsOf, cancellationToken);
        var isCounted = false;
        var missing = new MissingNames(query);
        await using var reader = await session.QueryAsync(On(day), [], cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            isCounted = true;
            var adoption = Read(reader);
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
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="column">A text column of the view, for example <c>REGION_CODE</c>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The values, in order.</returns>
    /// <exception cref="LoyaltyException"><c>WarehouseNotInitialized</c>.</exception>
    public static async Task<IReadOnlyList<string>> ReadValuesAsync(IWarehouse warehouse, string column, CancellationToken cancellationToken)
    {
        await using var session = await warehouse.OpenSessionAsync(cancellationToken);
        await SchemaReader.RequireInitializedAsync(session, cancellationToken, View);
        return await session.ListAsync($"SELECT DISTINCT {column} FROM LOYALTY.FEATURE_ADOPTION_BY_REGION ORDER BY 1", [], reader => reader.GetString(0), cancellationToken);
    }

    /// <summary>Reads all adoption on a day.</summary>
    internal static Task<IReadOnlyList<FeatureAdoption>> ReadAsync(IWarehouseSession session, DateOnly day, CancellationToken cancellationToken) => session.ListAsync(On(day), [], Read, cancellationToken);

    private static string On(DateOnly day) =>
        $"""
        SELECT SNAPSHOT_DATE, REGION_CODE, REGION_NAME, REGION_CLASS, MODULE_NAME, FEATURE_NAME,
            ADOPTERS, ACTIVE_USERS, ACTIVE_ADOPTERS, ADOPTION_RATE, USE_COUNT, ACTIVE_30D, ADOPTERS_BEFORE, CHANGE_30D, IS_SMALL_REGION
        FROM {View} WHERE SNAPSHOT_DATE = {SqlText.Literal(day)} ORDER BY REGION_CODE, MODULE_NAME, FEATURE_NAME
        """;

    // A day that History was thinned of is still counted.
    private static async Task<DateOnly> FindDayAsync(IWarehouseSession session, DateOnly? asOf, CancellationToken cancellationToken) => (await session.ListAsync(
        $"""
        SELECT MAX(WRITTEN) FROM (SELECT SNAPSHOT_DATE AS WRITTEN FROM {SnapshotDay.Table} UNION ALL SELECT RUN_DATE FROM {AdoptionLog.Table}) AS d
        {(asOf is { } day ? $"WHERE WRITTEN <= {SqlText.Literal(day)}" : string.Empty)}
        """,
        [],
        reader => reader.DateAt(0),
        cancellationToken))[0]
        ?? throw LoyaltyErrors.DayNotWritten.Because(asOf is { } wanted ? $"No day up to {wanted:yyyy-MM-dd} has been written." : "No day has been written.", asOf);

    private static FeatureAdoption Read(DbDataReader reader) => new(
        Midnight.Of(reader.DateAt(0)!.Value),
        reader.GetString(1),
        reader.TextAt(2),
        reader.TextAt(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.LongAt(6),
        reader.LongAt(7),
        reader.LongAt(8),
        reader.IsDBNull(9) ? null : reader.GetDecimal(9),
        reader.LongAt(10),
        reader.LongAt(11),
        reader.LongAt(12),
        reader.LongAt(13),
        reader.GetBoolean(14));
}
