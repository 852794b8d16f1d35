namespace LoyaltyPipeline.PiiTrials;

/// <summary>How often columns of a kind were found.</summary>
/// <param name="Columns">Columns that hold it.</param>
/// <param name="Found">Of those the ones that were found.</param>
/// <param name="False">Columns that were said to hold it and do not.</param>
/// <param name="ShareError">How far the share that was said lies from the true one, on the average of those found.</param>
/// <param name="Misses">What was missed and what was found wrongly, for people to look at.</param>
public sealed record KindScore(PiiKind Kind, int Columns, int Found, int False, double ShareError, IReadOnlyList<string> Misses)
{
    /// <summary>Of the columns that were said to hold the kind those that do.</summary>
    public double Precision => Found + False == 0 ? 1 : (double)Found / (Found + False);

    /// <summary>Of the columns that hold the kind those that were found.</summary>
    public double Recall => (double)Found / Columns;
}
