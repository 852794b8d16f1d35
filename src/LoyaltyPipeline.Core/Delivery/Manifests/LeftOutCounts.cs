using System.Text.Json.Serialization;

namespace LoyaltyPipeline.Core.Delivery.Manifests;

/// <summary>How many users of the segment are not sent. Of several reasons the first counts.</summary>
public sealed class LeftOutCounts
{
    /// <summary>Did not agree, where the consumer requires it.</summary>
    [JsonInclude]
    [JsonRequired]
    public long NoConsent { get; internal init; }

    /// <summary>The account is closed, where the consumer requires an active one.</summary>
    [JsonInclude]
    [JsonRequired]
    public long ClosedAccount { get; internal init; }

    /// <summary>The account is suspended, where the consumer requires an active one.</summary>
    [JsonInclude]
    [JsonRequired]
    public long SuspendedAccount { get; internal init; }

    /// <summary>In LOYALTY.SUPPRESSION, and its last day is not past.</summary>
    [JsonInclude]
    [JsonRequired]
    public long Suppressed { get; internal init; }

    /// <summary>For example <c>12 NoConsent, 3 Suppressed</c>; empty where nobody is left out.</summary>
    public override string ToString() => string.Join(", ", new (long Users, LeftOutReason Reason)[]
        {
            (NoConsent, LeftOutReason.NoConsent), (ClosedAccount, LeftOutReason.ClosedAccount),
            (SuspendedAccount, LeftOutReason.SuspendedAccount), (Suppressed, LeftOutReason.Suppressed),
        }.Where(count => count.Users > 0).Select(count => $"{count.Users} {count.Reason}"));
}
