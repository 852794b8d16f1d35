using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The codice fiscale of Italy: letters of the name, the day of birth, the place, and a check letter of 26.</summary>
internal sealed partial class ItalianFiscalCode : IValueDetector
{
    private const int Length = 16;

    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 1.0 / 26;

    public ValueMatch Look(string value)
    {
        if (value.Length != Length || !Form().IsMatch(value))
            return ValueMatch.None;
        var text = value.ToUpperInvariant();
        var sum = 0;
        for (var position = 0; position < Length - 1; position++)
        {
            var rank = char.IsAsciiDigit(text[position]) ? text[position] - '0' : text[position] - 'A';
            sum += position % 2 == 0 ? Odd[rank] : rank;
        }

        return 'A' + sum % 26 == text[^1] ? ValueMatch.Match : ValueMatch.Form;
    }

    // The first place is the first of the odd ones.
    private static ReadOnlySpan<int> Odd => [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    // Letters L to V stand in the place of digits where two persons would have the same code.
    [GeneratedRegex(
        "^[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
