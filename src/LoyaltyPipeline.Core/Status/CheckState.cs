namespace LoyaltyPipeline.Core.Status;

/// <summary>How a check last came out.</summary>
public sealed class CheckState(string checkId, CheckStatus status, string message, DateTime? failedSince)
{
    /// <summary>The check, for example <c>DW_A.USER_PROFILE.EMAIL.not_null</c>.</summary>
    public string CheckId { get; } = checkId;

    /// <summary>How it came out.</summary>
    public CheckStatus Status { get; } = status;

    /// <summary>What was found.</summary>
    public string Message { get; } = message;

    /// <summary>Since when it has not passed (UTC).</summary>
    public DateTime? FailedSince { get; } = failedSince;

    /// <summary>For example <c>LOYALTY.MASTER.unique: 2 of 300 rows …</c>.</summary>
    public override string ToString() => $"{CheckId}: {Message}";
}
