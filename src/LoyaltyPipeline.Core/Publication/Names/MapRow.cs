namespace LoyaltyPipeline.Core.Publication.Names;

/// <summary>A row of the map.</summary>
/// <param name="Kind">What the name is.</param>
/// <param name="Original">The name as it is written in the files.</param>
/// <param name="Published">The name as it is written in the copies.</param>
internal sealed record MapRow(NameKind Kind, string Original, string Published);
