namespace LoyaltyPipeline.Core.Pii;

/// <summary>What the name of a column says about a kind of personal data.</summary>
internal enum ColumnNameHint
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>That it holds the kind.</summary>
    Fits,

    /// <summary>That it holds something else which looks alike, such as numbers of orders.</summary>
    Other,
}
