namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The fødselsnummer of Norway: the day of birth and two check digits by eleven; a D-number has forty more in the day.</summary>
internal sealed class NorwegianIdentity : IValueDetector
{
    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 0.01;

    public ValueMatch Look(string value)
    {
        Span<char> buffer = stackalloc char[11];
        var digits = buffer[..Digits.Take(value, " ", buffer)];
        if (digits.Length != 11 || !IsDate(digits))
            return ValueMatch.None;
        return Check(digits, First) && Check(digits, Second) ? ValueMatch.Match : ValueMatch.Form;
    }

    private static ReadOnlySpan<int> First => [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];

    private static ReadOnlySpan<int> Second => [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

    private static bool IsDate(ReadOnlySpan<char> digits) => Digits.IsDay(Digits.Number(digits[2..4]), Digits.Number(digits[..2]) % 40);

    private static bool Check(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights) => Digits.Weigh(digits, weights) % 11 == 0;
}
