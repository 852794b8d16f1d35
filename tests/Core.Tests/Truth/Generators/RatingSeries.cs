using CsCheck;

namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

/// <summary>Ratings whose mean lies exactly between two hundredths, where rounding half to even or by doubles goes wrong.</summary>
internal static class RatingSeries
{
    /// <summary>Mostly none; each series, written here as count and sum, with the user it is for.</summary>
    public static Gen<(long User, IReadOnlyList<int> Ratings)> Of(Gen<long> user) => Gen.Select(
        user,
        Gen.Frequency(
            (6, Gen.Const((0, 0))),
            (3, Gen.OneOf((8, 17), (8, 11), (3, 5), (40, 41), (40, 43), (40, 107))),
            (1, Gen.OneOf((200, 201), (200, 803), (200, 223), (400, 1138)))),
        (owner, series) => (owner, Spread(series.Item1, series.Item2)));

    private static IReadOnlyList<int> Spread(int count, int sum) =>
        [.. Enumerable.Range(0, count).Select(position => (sum / count) + (position < sum % count ? 1 : 0))];
}
