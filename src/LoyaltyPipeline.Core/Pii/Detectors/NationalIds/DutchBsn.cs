namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The burgerservicenummer of the Netherlands: nine digits and the test of eleven.</summary>
internal sealed class DutchBsn : IValueDetector
{
    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 1.0 / 11;

    public ValueMatch Look(string value)
    {
        Span<char> buffer = stackalloc char[9];
        var digits = buffer[..Digits.Take(value, ".", buffer)];
        if (digits.Length != 9 || Digits.AreAlike(digits))
            return ValueMatch.None;
        return digits[0] + digits[1] > 2 * '0' && Digits.Weigh(digits, Weights) % 11 == 0 ? ValueMatch.Match : ValueMatch.Form;
    }

    private static ReadOnlySpan<int> Weights => [9, 8, 7, 6, 5, 4, 3, 2, -1];
}
