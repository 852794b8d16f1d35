namespace LoyaltyPipeline.Core.Pii;

/// <summary>
/// Recognises one sort of personal data in a value by itself. Whether a column holds it is for <see cref="ColumnJudge"/> to say.
/// </summary>
internal interface IValueDetector
{
    /// <summary>What it recognises.</summary>
    PiiKind Kind { get; }

    /// <summary>
    /// How probable it is that a value of the form matches without being personal: one of ten where a check digit decides.
    /// </summary>
    double Chance { get; }

    /// <summary>Whether values alone say too little, so that the column's name must say it too.</summary>
    bool NeedsName => false;

    /// <summary>Whether to look at a value takes so long that a few are tried first.</summary>
    bool IsCostly => false;

    /// <summary>Looks at a value.</summary>
    /// <param name="value">The value, without blanks around it and not empty.</param>
    ValueMatch Look(string value);
}
