namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>A row in quarantine: the table, its key as <see cref="RowKey"/> prints it, and the first rule that hit.</summary>
public sealed record RejectedRow(string SourceTable, string Key, string Rule);
