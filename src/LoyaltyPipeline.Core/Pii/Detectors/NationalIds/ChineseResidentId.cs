using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The number of a resident's identity card of China: the place, the day of birth, and a check character of eleven.</summary>
internal sealed partial class ChineseResidentId : IValueDetector
{
    private const int Length = 18;
    private const string Checks = "10X98765432";

    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 1.0 / 11;

    public ValueMatch Look(string value)
    {
        if (value.Length != Length || !Form().IsMatch(value)
            || !Digits.IsDay(Digits.Number(value.AsSpan(10, 2)), Digits.Number(value.AsSpan(12, 2))))
            return ValueMatch.None;
        return Checks[Digits.Weigh(value, Weights) % Checks.Length] == char.ToUpperInvariant(value[^1])
            ? ValueMatch.Match
            : ValueMatch.Form;
    }

    private static ReadOnlySpan<int> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    [GeneratedRegex(
        "^[1-8][0-9]{5}(18|19|20)[0-9]{9}[0-9Xx]$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
