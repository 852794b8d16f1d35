using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Consumers;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Configuration.Notify;
using LoyaltyPipeline.Core.Configuration.OpenLineage;
using LoyaltyPipeline.Core.Redaction;

namespace LoyaltyPipeline.Core.Configuration;

/// <summary>The settings of <c>pipeline.yml</c>.</summary>
public sealed record PipelineConfig
{
    /// <summary>The settings where there is no file.</summary>
    public static PipelineConfig Default { get; } = new();

    /// <summary>Locations of sources by schema name of the catalog; a source that is not named is a schema of the warehouse.</summary>
    public IReadOnlyDictionary<string, SourceLocation> Sources { get; init; } = new Dictionary<string, SourceLocation>(
        StringComparer.Ordinal);

    /// <summary>What stands for NULL in CSV files that are imported, beside an empty cell and <c>\N</c>.</summary>
    public IReadOnlyList<string> NullTokens { get; init; } = [];

    /// <summary>Limits of the merge's guards.</summary>
    public GuardLimits Guards { get; init; } = new();

    /// <summary>Who is sent segments, by name.</summary>
    public IReadOnlyDictionary<string, Consumer> Consumers { get; init; } = ConsumerDefaults.All;

    /// <summary>What becomes of personal data that readers of the warehouse are shown: in masked views, and by masking policies.</summary>
    public RedactionPolicy ReaderRedaction { get; init; } = new();

    /// <summary>How integrity is checked.</summary>
    public IntegritySettings Integrity { get; init; } = new();

    /// <summary>Who is told what came of scheduled runs.</summary>
    public NotifySettings Notify { get; init; } = new();

    /// <summary>Where events of runs go.</summary>
    public OpenLineageSettings OpenLineage { get; init; } = new();

    /// <summary>The databases that sources are in, where a location names one.</summary>
    public IEnumerable<string> OtherDatabases =>
        Sources.Values.Select(location => location.OtherDatabase).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Where a source table is, as SQL names it.</summary>
    /// <param name="table">The table as the catalog names it.</param>
    /// <returns>For example <c>DW_A.USER_ACTIVITY</c> or <c>FILE_CRM_09AF34C1.MAIN.USER_ACTIVITY</c>.</returns>
    public string Locate(TableName table) => Sources.TryGetValue(table.Schema, out var location)
        ? $"{location.Prefix}{location.Schema}.{table.Table}"
        : table.ToString();

    /// <summary>A source table as messages name it: what a file is attached as, nobody has written.</summary>
    /// <param name="table">The table as the catalog names it.</param>
    /// <returns>The table, and where it is kept unless it is a table of the warehouse by that name.</returns>
    public string Describe(TableName table) => Sources.ContainsKey(table.Schema) ? $"{table}, kept at {PlaceOf(table)}," : table.ToString();

    /// <summary>Where a source table is, as messages name it.</summary>
    /// <param name="table">The table as the catalog names it.</param>
    /// <returns>For example <c>CRM.USER_ACTIVITY</c> or <c>MAIN.USER_ACTIVITY in the file /data/crm.duckdb</c>.</returns>
    public string PlaceOf(TableName table) =>
        Sources.TryGetValue(table.Schema, out var location) && location.File is { } file
            ? $"{location.Schema}.{table.Table} in the file {file}"
            : Locate(table);
}
