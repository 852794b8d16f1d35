namespace LoyaltyPipeline.SnowflakeSupport.Translation;

/// <summary>The whole name of a table or view.</summary>
internal sealed record ObjectName(string Database, string Schema, string Name)
{
    /// <summary>
    /// The schema as DuckDB has it. All databases live in one of DuckDB's, because a transaction of DuckDB can write only one.
    /// </summary>
    public string DuckDbSchema => $"{Database}.{Schema}";

    public override string ToString() => $"{Database}.{Schema}.{Name}";
}
