namespace LoyaltyPipeline.Core.Tests.Truth;

internal static class Average
{
    /// <summary>The mean of the values there are, rounded half away from zero at scale 2; null if there are none.</summary>
    public static decimal? Of(IEnumerable<int?> values)
    {
        var present = values.OfType<int>().ToList();
        return present.Count == 0
            ? null
            : decimal.Round(present.Sum(value => (decimal)value) / present.Count, 2, MidpointRounding.AwayFromZero);
    }
}
