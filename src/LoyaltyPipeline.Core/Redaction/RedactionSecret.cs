namespace LoyaltyPipeline.Core.Redaction;

/// <summary>SQL of a secret, which a statement reads from a table. Never its text: the engine's errors repeat statements.</summary>
/// <param name="Salt">What is put before a value.</param>
/// <param name="InnerPad">The inner pad of HMAC.</param>
/// <param name="OuterPad">The outer pad of HMAC.</param>
internal sealed record RedactionSecret(string Salt, string InnerPad, string OuterPad);
