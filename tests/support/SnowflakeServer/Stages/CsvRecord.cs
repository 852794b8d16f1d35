namespace LoyaltyPipeline.SnowflakeSupport.Stages;

/// <summary>A record of a staged file.</summary>
/// <param name="Fields">Its fields; null for NULL.</param>
/// <param name="Line">The line that it begins in, from 1.</param>
/// <param name="Text">The record as it stands, without the end of its line.</param>
/// <param name="Fault">What keeps it from being read; null where nothing does.</param>
internal sealed record CsvRecord(IReadOnlyList<string?> Fields, long Line, string Text, string? Fault = null);
