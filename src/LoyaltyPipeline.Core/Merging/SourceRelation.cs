using System.Runtime.CompilerServices;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Erasure;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Merging;

/// <summary>The rows of a source that count for a run date, before they are judged.</summary>
internal static class SourceRelation
{
    /// <summary>A subquery over the source, or an empty one where the source does not exist.</summary>
    /// <param name="erased">The erased users whose rows are left out; null where sources hold none.</param>
    /// <exception cref="LoyaltyException"><c>SourceColumnMissing</c>: the table lacks a column that must have values.</exception>
    public static string Of(
        CatalogTable source, PipelineConfig config, IReadOnlyDictionary<string, TableShape> existing, SqlDialect dialect, DateOnly runDate,
        ErasedInSources? erased = null)
    {
        var location = config.Locate(source.Name);
        if (!existing.TryGetValue(location.ToUpperInvariant(), out var shape))
            return Empty(source, dialect);

        var columns = source.Columns.Select(column => Select(source, column, shape, config, dialect));
        return $"(SELECT {SqlText.List(columns)} FROM {location}{Counted(source, runDate, erased)})";
    }

    /// <summary>Makes sure that the sources that are kept elsewhere, or are views, can be read: a view may lead to what is gone.</summary>
    /// <exception cref="LoyaltyException"><c>SourceMissing</c>.</exception>
    public static async Task DemandReadableAsync(
        IWarehouseSession session, PipelineDefinition pipeline, IReadOnlyDictionary<string, TableShape> existing,
        CancellationToken cancellationToken)
    {
        await foreach (var (_, failure) in FindUnreadableAsync(session, pipeline, existing, cancellationToken))
            throw failure;
    }

    /// <summary>Finds the sources that are kept elsewhere, or are views, and cannot be read.</summary>
    /// <returns>The sources, each with why.</returns>
    public static async IAsyncEnumerable<(CatalogTable Source, LoyaltyException Failure)> FindUnreadableAsync(
        IWarehouseSession session, PipelineDefinition pipeline, IReadOnlyDictionary<string, TableShape> existing,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var views = await SchemaReader.ReadViewsAsync(session, cancellationToken);
        foreach (var source in pipeline.Catalog.Sources.Where(
            source => pipeline.Config.Sources.ContainsKey(source.Name.Schema) || views.ContainsKey(source.Name.ToString())))
        {
            var location = pipeline.Config.Locate(source.Name);
            if (existing.ContainsKey(location.ToUpperInvariant())
                && await WhyUnreadableAsync(session, location, cancellationToken) is { } failure)
            {
                yield return (source, LoyaltyErrors.SourceMissing.Because(
                    $"Source table {pipeline.Config.Describe(source.Name)} cannot be read: {DuckDbErrors.ReasonOf(failure)}",
                    source.Name.ToString(), "Repair the view where the source is kept.", failure));
            }
        }
    }

    private static async Task<LoyaltyException?> WhyUnreadableAsync(
        IWarehouseSession session, string location, CancellationToken cancellationToken)
    {
        try
        {
            await session.ListAsync($"SELECT 1 FROM {location} WHERE 1 = 0", [], static _ => true, cancellationToken);
            return null;
        }
        catch (LoyaltyException exception) when (exception.Definition == LoyaltyErrors.QueryFailed)
        {
            return exception;
        }
    }

    /// <summary>Says what it means that a source has no rows.</summary>
    public static string NothingKnown(
        CatalogTable source, PipelineDefinition pipeline, IReadOnlyDictionary<string, TableShape> existing, DateOnly runDate)
    {
        var state = existing.ContainsKey(pipeline.Config.Locate(source.Name).ToUpperInvariant())
            ? $"has no row up to {runDate:yyyy-MM-dd}"
            : "does not exist";
        return $"Source {source} {state}: nothing is known for {SqlText.List(pipeline.Catalog.MasterColumnsFrom(source))}.";
    }

    /// <summary>
    /// Says what it means that a source lacks columns that may be missing; null where it has all, or is not there at all.
    /// </summary>
    public static string? ColumnsUnknown(CatalogTable source, PipelineDefinition pipeline, IReadOnlyDictionary<string, TableShape> existing)
    {
        if (!existing.TryGetValue(pipeline.Config.Locate(source.Name).ToUpperInvariant(), out var shape))
            return null;
        var missing = source.Columns.Where(column => column.Nullable && !shape.Columns.ContainsKey(column.Name))
            .Select(column => column.Name).ToList();
        return missing.Count == 0
            ? null
            : $"Source {source} has no {SqlText.List(missing)}: it is NULL of everybody, and whatever Master had of it goes.";
    }

    private static string Empty(CatalogTable source, SqlDialect dialect) =>
        $"(SELECT {SqlText.List(source.Columns.Select(column => NullOf(column, dialect)))} WHERE 1 = 0)";

    private static string Select(CatalogTable source, CatalogColumn column, TableShape shape, PipelineConfig config, SqlDialect dialect)
    {
        if (shape.Columns.TryGetValue(column.Name, out var type))
            return Convert(source, column, type, config, dialect);
        return column.Nullable
            ? NullOf(column, dialect)
            : throw LoyaltyErrors.SourceColumnMissing.Because(
                $"Source table {config.Describe(source.Name)} has no column {column.Name}.", source.Name.ToString(),
                "Load the source again with all columns that the catalog declares.");
    }

    // A source that lies elsewhere has the types its owner gave it. Only a type whose every value fits is converted.
    private static string Convert(CatalogTable source, CatalogColumn column, string type, PipelineConfig config, SqlDialect dialect)
    {
        if (dialect.IsStoredAs(column.Type, type))
            return column.Name;
        return dialect.Holds(column.Type, type)
            ? $"CAST({column.Name} AS {dialect.TypeName(column.Type)}) AS {column.Name}"
            : throw LoyaltyErrors.SchemaConflict.Because(
                $"Source table {config.Describe(source.Name)} has {column.Name} as {type}, but the catalog says {column.Type}.",
                source.Name.ToString(), "Convert the column where the source is kept, or put a view with the right type in its place.");
    }

    private static string NullOf(CatalogColumn column, SqlDialect dialect) =>
        $"CAST(NULL AS {dialect.TypeName(column.Type)}) AS {column.Name}";

    // A row without event time counts, and one of a time that no calendar has, so that it is seen and rejected.
    private static string Counted(CatalogTable source, DateOnly runDate, ErasedInSources? erased)
    {
        var ofDay = source.CountedBy is { } column
            ? $"{column.Name} IS NULL OR {column.Name} < {End()} OR NOT ({column.Type.IsSayable(column.Name)})"
            : null;
        return (ofDay, erased?.IsOfNone(source, "src")) switch
        {
            (null, null) => string.Empty,
            (_, null) => $" WHERE {ofDay}",
            (null, var ofNone) => $" AS src WHERE {ofNone}",
            var (_, ofNone) => $" AS src WHERE ({ofDay}) AND {ofNone}",
        };

        string End() => SqlText.Literal(runDate.AddDays(1));
    }
}
