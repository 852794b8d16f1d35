using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The number of social security of France (NIR): sex, year and month of birth, the place, and two check digits by 97.</summary>
internal sealed partial class FrenchNir : IValueDetector
{
    private const int Length = 15;
    private const int Longest = 21;

    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 1.0 / 97;

    public ValueMatch Look(string value)
    {
        if (value.Length > Longest)
            return ValueMatch.None;
        var text = value.Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
        if (text.Length != Length || !Form().IsMatch(text))
            return ValueMatch.None;
        // Corsica has letters, which are reckoned as 19 and 18.
        var digits = text.Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal);
        return 97 - Digits.Mod97(digits.AsSpan(0, 13)) == Digits.Number(digits.AsSpan(13)) ? ValueMatch.Match : ValueMatch.Form;
    }

    [GeneratedRegex(
        "^[12378][0-9]{2}(0[1-9]|1[0-2]|[2-4][0-9]|[5-9][0-9])([0-9]{2}|2[AB])[0-9]{8}$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
