using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Configuration;

/// <summary>The settings of <c>pipeline.yml</c>.</summary>
public sealed record PipelineConfig
{
    /// <summary>The settings where there is no file.</summary>
    public static PipelineConfig Default { get; } = new();

    /// <summary>Locations of sources by schema name of the catalog; a source that is not named is a schema of the warehouse.</summary>
    public IReadOnlyDictionary<string, SourceLocation> Sources { get; init; } = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);

    /// <summary>Limits of the merge's guards.</summary>
    public GuardLimits Guards { get; init; } = new();

    /// <summary>Where a source table is, as SQL names it.</summary>
    /// <param name="table">The table as the catalog names it.</param>
    /// <returns>For example <c>DW_A.USER_ACTIVITY</c> or <c>FILE_DW_A.main.USER_ACTIVITY</c>.</returns>
    public string Locate(TableName table) => Sources.TryGetValue(table.Schema, out var location)
        ? $"{(location.File is null ? string.Empty : $"{AttachedName(table.Schema)}.")}{location.Schema}.{table.Table}"
        : table.ToString();

    /// <summary>The name under which the file of a source is attached.</summary>
    /// <param name="schema">The schema name of the catalog.</param>
    /// <returns>The name.</returns>
    public static string AttachedName(string schema) => $"FILE_{schema}";
}
