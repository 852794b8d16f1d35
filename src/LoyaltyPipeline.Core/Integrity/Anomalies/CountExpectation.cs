namespace LoyaltyPipeline.Core.Integrity.Anomalies;

/// <summary>What is expected of a count.</summary>
/// <param name="Mean">The mean: of all days, or, where <see cref="Zeros"/> are told apart, of those with something.</param>
/// <param name="Dispersion">What counts spread beyond chance: their variance is mean + dispersion · mean².</param>
/// <param name="Zeros">The share of days with nothing, where these are more than go with the other days; null where they are not.</param>
internal sealed record CountExpectation(double Mean, double Dispersion, double? Zeros = null)
{
    /// <summary>The mean of all days.</summary>
    public double OfAll => (1 - (Zeros ?? 0)) * Mean;

    /// <summary>How far days usually are from it.</summary>
    public double Spread => Math.Sqrt(OfAll + ((1 - (Zeros ?? 0)) * Mean * Mean * (Dispersion + (Zeros ?? 0))));
}
