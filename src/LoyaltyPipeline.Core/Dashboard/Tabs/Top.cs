namespace LoyaltyPipeline.Core.Dashboard.Tabs;

/// <summary>How much of a long list a page shows: more than that nobody reads, and no screen draws. What is left out is said.</summary>
internal static class Top
{
    /// <summary>The largest regions, by users.</summary>
    public const int Regions = 40;

    /// <summary>The features with most adopters.</summary>
    public const int Features = 40;

    /// <summary>Says what part of a list is shown.</summary>
    /// <param name="shown">How many are.</param>
    /// <param name="all">How many there are.</param>
    /// <param name="what">What they are and how they were chosen, for example <c>regions, those of most users,</c>.</param>
    /// <returns>A sentence with a blank before it; empty where all are shown.</returns>
    public static string Say(int shown, int all, string what) =>
        shown == all ? string.Empty : $" Shown are {Written.Number(shown)} of {Written.Number(all)} {what}.";
}
