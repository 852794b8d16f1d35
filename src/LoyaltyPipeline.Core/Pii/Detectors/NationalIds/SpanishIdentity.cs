using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The DNI of Spain, and the NIE of foreigners there: eight digits, or a letter and seven, and a check letter of 23.</summary>
internal sealed partial class SpanishIdentity : IValueDetector
{
    private const int Length = 9;
    private const int Longest = 12;
    private const string Letters = "TRWAGMYFPDXBNJZSQVHLCKE";

    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 1.0 / 23;

    public ValueMatch Look(string value)
    {
        if (value.Length > Longest)
            return ValueMatch.None;
        var text = value.Replace("-", string.Empty, StringComparison.Ordinal).Replace(".", string.Empty, StringComparison.Ordinal)
            .Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
        if (text.Length != Length || !Form().IsMatch(text))
            return ValueMatch.None;
        var digits = text[0] is >= 'X' and <= 'Z' ? $"{text[0] - 'X'}{text.AsSpan(1, 7)}" : text[..8];
        return Letters[Digits.Number(digits) % Letters.Length] == text[^1] ? ValueMatch.Match : ValueMatch.Form;
    }

    [GeneratedRegex("^[0-9XYZ][0-9]{7}[A-Z]$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
