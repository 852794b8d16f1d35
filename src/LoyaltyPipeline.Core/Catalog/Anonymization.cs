namespace LoyaltyPipeline.Core.Catalog;

/// <summary>How personal data ends where a column is made of it.</summary>
public enum Anonymization
{
    /// <summary>It does not: the column is personal data as much as what it is made of.</summary>
    None,

    /// <summary>Rows are counted, or measured in another way that names nobody.</summary>
    Count,

    /// <summary>Values are hashed with a salt.</summary>
    Hash,

    /// <summary>What is left tells a group, not a person.</summary>
    Generalize,
}
