namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>The functions that DuckDB has and Snowflake has not.</summary>
internal static class DuckDbOnlyFunctions
{
    private static readonly string[] Lines = Prelude.Resource("DuckDbOnlyFunctions.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    private static readonly HashSet<string> Names = new(Lines, StringComparer.OrdinalIgnoreCase);
    private static readonly string[] Beginnings = [.. Lines.Where(line => line.EndsWith('*')).Select(line => line.TrimEnd('*'))];

    /// <summary>Whether only DuckDB has a function.</summary>
    public static bool Contains(string name) =>
        Names.Contains(name) || Array.Exists(Beginnings, beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}
