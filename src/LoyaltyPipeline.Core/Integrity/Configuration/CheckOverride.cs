namespace LoyaltyPipeline.Core.Integrity.Configuration;

/// <summary>What <c>pipeline.yml</c> says of a check.</summary>
/// <param name="IsEnabled">Whether it is made at all.</param>
/// <param name="Change">Makes the threshold of the default one.</param>
public sealed record CheckOverride(bool IsEnabled, Func<CheckThreshold, CheckThreshold> Change);
