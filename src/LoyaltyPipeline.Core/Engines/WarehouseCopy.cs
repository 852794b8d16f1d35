namespace LoyaltyPipeline.Core.Engines;

/// <summary>What a copy of a warehouse holds, as counted in the copy.</summary>
public sealed record WarehouseCopy(int Tables, long Rows, long Bytes);
