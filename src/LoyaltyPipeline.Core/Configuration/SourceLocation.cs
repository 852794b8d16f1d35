namespace LoyaltyPipeline.Core.Configuration;

/// <summary>Where the tables of one source database are.</summary>
/// <param name="File">An attached DuckDB file; null where the source is a schema of the warehouse itself.</param>
/// <param name="Schema">The schema that holds the tables, or <c>DATABASE.SCHEMA</c>.</param>
public sealed record SourceLocation(string? File, string Schema);
