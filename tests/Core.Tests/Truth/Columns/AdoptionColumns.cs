namespace LoyaltyPipeline.Core.Tests.Truth;

internal static class AdoptionColumns
{
    public static MasterRow WithAdoption(this MasterRow row, IEnumerable<FeatureAdoptionRow> features, RunDay day)
    {
        var adopted = features.ToList();
        return row with
        {
            FeaturesAdopted = adopted.Count,
            ModulesAdopted = adopted.Select(feature => feature.ModuleName).Distinct(StringComparer.Ordinal).Count(),
            LastFeatureUsedAt = adopted.Max(feature => KnownLastUse(feature, day)),
        };
    }

    /// <summary>A last use after D hides the last one before; what is known of D is the first use.</summary>
    public static DateTime? KnownLastUse(FeatureAdoptionRow feature, RunDay day) =>
        day.HasSeen(feature.LastUsedAt!.Value) ? feature.LastUsedAt : feature.FirstUsedAt;
}
