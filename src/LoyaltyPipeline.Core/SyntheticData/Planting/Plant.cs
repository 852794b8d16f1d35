using LoyaltyPipeline.Core.Quarantine;

namespace LoyaltyPipeline.Core.SyntheticData.Planting;

/// <summary>A way to break one rule.</summary>
/// <param name="Rule">One of <see cref="RejectionRule"/>.</param>
/// <param name="KeepsKey">Whether the row keeps the key of the good row that it is a copy of.</param>
/// <param name="Spoil">Changes the row.</param>
internal sealed record Plant(string Rule, bool KeepsKey, Action<PlantedRow> Spoil);
