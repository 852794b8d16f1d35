using System.Globalization;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>A place in one value: latitude and longitude in degrees, with three decimals or more, which is a hundred metres.</summary>
internal sealed partial class CoordinatePairDetector : IValueDetector
{
    public PiiKind Kind => PiiKind.Coordinates;

    public double Chance => 0.3;

    public ValueMatch Look(string value) =>
        value.Length <= 60 && Pair().Match(value) is { Success: true } pair
            ? Within(pair.Groups["first"].ValueSpan, 90) && Within(pair.Groups["second"].ValueSpan, 180) || IsPoint(pair)
                ? ValueMatch.Match
                : ValueMatch.Form
            : ValueMatch.None;

    // POINT(longitude latitude) of geometries.
    private static bool IsPoint(Match pair) =>
        pair.Groups["point"].Success && Within(pair.Groups["first"].ValueSpan, 180) && Within(pair.Groups["second"].ValueSpan, 90);

    private static bool Within(ReadOnlySpan<char> number, double limit) =>
        Math.Abs(double.Parse(number, CultureInfo.InvariantCulture)) <= limit;

    [GeneratedRegex(
        @"^((?<point>POINT\s?\(|\(|\[)\s?)?(?<first>[+-]?[0-9]{1,3}\.[0-9]{3,15})(\s?[,;]\s?|\s)(?<second>[+-]?[0-9]{1,3}\.[0-9]{3,15})\s?[)\]]?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pair();
}
