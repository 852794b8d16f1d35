namespace LoyaltyPipeline.Core.Extracts;

/// <summary>A column of an extract.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type: BIGINT, INTEGER, DECIMAL(p,s), VARCHAR, BOOLEAN, DATE, or TIMESTAMP in UTC.</param>
/// <param name="Nullable">Whether a value may be missing.</param>
/// <param name="Description">What it holds.</param>
public sealed record ExtractColumn(string Name, string Type, bool Nullable, string Description);
