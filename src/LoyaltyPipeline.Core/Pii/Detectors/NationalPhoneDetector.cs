using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>
/// A telephone number of a region, without the code of the country. Digits alone say too little: it is written as such numbers are, or the
/// column's name says it.
/// </summary>
/// <param name="region">The region, two letters.</param>
/// <param name="needsName">Whether digits alone are enough, because the column's name says the rest.</param>
internal sealed partial class NationalPhoneDetector(string region, bool needsName) : IValueDetector
{
    /// <summary>Regions whose numbers are tried. A column of another is found by its numbers with country code.</summary>
    public static IReadOnlyList<string> Regions { get; } =
        ["US", "GB", "DE", "FR", "ES", "IT", "PL", "NL", "BE", "SE", "NO", "FI", "DK", "AT", "CH", "PT", "BR", "MX", "CN", "JP", "IN", "ZA",
            "AU", "TR"];

    public PiiKind Kind => PiiKind.Phone;

    public double Chance => 0.5;

    public bool NeedsName => needsName;

    public bool IsCostly => true;

    public ValueMatch Look(string value)
    {
        if (value[0] == '+' || !PhoneText.HasForm(value) || (!needsName && !IsWrittenAsPhone(value)))
            return ValueMatch.None;
        return PhoneText.IsValid(value, region) ? ValueMatch.Match : ValueMatch.Form;
    }

    private static bool IsWrittenAsPhone(string value) => Written().IsMatch(value);

    [GeneratedRegex(
        @"^(\(0?[0-9]{1,5}\)[ -]?[0-9][0-9 -]+|0[1-9][0-9]{0,4}[ /-][0-9][0-9 -]+|[2-9][0-9]{2}[-. ][2-9][0-9]{2}[-. ][0-9]{4})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();
}
