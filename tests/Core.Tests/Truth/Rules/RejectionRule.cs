namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Why a row cannot be used, in the order in which the rules are tried.</summary>
public static class RejectionRule
{
    public const string NullKey = "null_key";
    public const string NotNull = "not_null";
    public const string AcceptedValues = "accepted_values";
    public const string Range = "range";
    public const string Orphan = "orphan";
    public const string Duplicate = "duplicate";
}
