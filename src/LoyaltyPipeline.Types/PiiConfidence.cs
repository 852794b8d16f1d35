namespace LoyaltyPipeline;

/// <summary>How sure it is that a column holds personal data.</summary>
public enum PiiConfidence
{
    /// <summary>A small part of the values is of the kind.</summary>
    Low,

    /// <summary>The values are of the kind, or a part of them.</summary>
    Medium,

    /// <summary>The values are of the kind, and either the name of the column says so too or chance could not have made them so.</summary>
    High,
}
