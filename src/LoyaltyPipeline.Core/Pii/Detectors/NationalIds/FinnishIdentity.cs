using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The henkilötunnus of Finland: the day of birth, a sign for the century, and a check character of 31.</summary>
internal sealed partial class FinnishIdentity : IValueDetector
{
    private const int Length = 11;
    private const string Characters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 1.0 / 31;

    public ValueMatch Look(string value)
    {
        if (value.Length != Length || !Form().IsMatch(value)
            || !Digits.IsDay(Digits.Number(value.AsSpan(2, 2)), Digits.Number(value.AsSpan(0, 2))))
            return ValueMatch.None;
        var number = Digits.Number(value.AsSpan(0, 6)) * 1000 + Digits.Number(value.AsSpan(7, 3));
        return Characters[number % Characters.Length] == char.ToUpperInvariant(value[^1]) ? ValueMatch.Match : ValueMatch.Form;
    }

    [GeneratedRegex("^[0-9]{6}[-+A-FU-Ya-fu-y][0-9]{3}[0-9A-Ya-y]$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
