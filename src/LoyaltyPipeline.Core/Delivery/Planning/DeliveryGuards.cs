using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>Looks at an audience before anything is sent.</summary>
internal static class DeliveryGuards
{
    /// <summary>The guards that trip.</summary>
    /// <param name="audience">How many users would be sent.</param>
    /// <param name="before">What the consumer was last sent; null where it was sent nothing.</param>
    /// <param name="largestChange">The share by which the audience may change.</param>
    public static IReadOnlyList<TrippedGuard> Check(long audience, DeliveryRecord? before, decimal largestChange)
    {
        // Of nothing there is no share.
        if (before is null or { Audience: 0 })
            return [];
        if (audience == 0)
            return [new TrippedGuard(
                "AudienceEmpty", $"nobody would be sent where there were {before.Audience} users on {before.Day:yyyy-MM-dd}")];
        return Math.Abs(audience - before.Audience) > largestChange * before.Audience
            ? [new TrippedGuard(
                "AudienceSize",
                $"{audience} users would be sent where there were {before.Audience} on {before.Day:yyyy-MM-dd}, a change of more than the {largestChange * 100:0.##} % allowed")]
            : [];
    }

    /// <summary>The guard against delivering what checks found wrong.</summary>
    /// <param name="reason">Why it is not sound; null where it is.</param>
    public static IReadOnlyList<TrippedGuard> CheckSound(string? reason) => reason is null ? [] : [new TrippedGuard("NotSound", reason)];
}
