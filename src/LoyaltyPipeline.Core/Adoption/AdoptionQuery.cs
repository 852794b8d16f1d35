namespace LoyaltyPipeline.Core.Adoption;

/// <summary>
/// Which adoption to read. In names <c>*</c> and <c>?</c> stand for any characters and any one; case does not matter; none are all.
/// </summary>
/// <param name="Regions">Codes or names of regions.</param>
/// <param name="Modules">Modules.</param>
/// <param name="Features">Features.</param>
/// <param name="AsOf">The day; null for the newest. One that has not been written stands for the last written day before it.</param>
public sealed record AdoptionQuery(
    IReadOnlyList<string> Regions, IReadOnlyList<string> Modules, IReadOnlyList<string> Features, DateOnly? AsOf = null);
