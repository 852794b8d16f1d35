namespace LoyaltyPipeline;

/// <summary>Why a user of the segment is not sent. Of several reasons the first counts.</summary>
public enum LeftOutReason
{
    /// <summary>The user did not agree to marketing messages, and the consumer requires it.</summary>
    NoConsent,

    /// <summary>The account is closed, and the consumer requires an active one.</summary>
    ClosedAccount,

    /// <summary>The account is suspended, and the consumer requires an active one.</summary>
    SuspendedAccount,

    /// <summary>The user is in LOYALTY.SUPPRESSION, which holds for everyone.</summary>
    Suppressed,
}
