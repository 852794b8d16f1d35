using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Configuration.Integrity;

/// <summary>What <c>pipeline.yml</c> says of a check.</summary>
/// <param name="IsEnabled">Whether it is made at all.</param>
/// <param name="Change">Makes the threshold of the default one.</param>
/// <param name="Wrong">Makes the error of an entry that cannot be meant, with its line, of the reason.</param>
public sealed record CheckOverride(bool IsEnabled, Func<CheckThreshold, CheckThreshold> Change, Func<string, LoyaltyException> Wrong);
