namespace LoyaltyPipeline.Core.Redaction;

/// <summary>Whose published rules the hashes of a delivery follow, so that its file can be uploaded as it is.</summary>
public enum HashingRules
{
    /// <summary>Google's: Customer Match of Google Ads.</summary>
    Google,

    /// <summary>Meta's: Custom Audiences from a customer list.</summary>
    Meta,
}
