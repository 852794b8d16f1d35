namespace LoyaltyPipeline.Core.Publication.Verification;

/// <summary>A name that is left in a copy.</summary>
/// <param name="Name">The name, as the map has it.</param>
/// <param name="Start">Where the word begins that it stands in; the first of them where it is of several.</param>
/// <param name="End">Where that word ends, or the last of them.</param>
internal sealed record Leftover(string Name, int Start, int End);
