namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The PESEL of Poland: the day of birth, the century in the month, and a check digit.</summary>
internal sealed class PolishPesel : IValueDetector
{
    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 0.1;

    public ValueMatch Look(string value)
    {
        Span<char> buffer = stackalloc char[11];
        var digits = buffer[..Digits.Take(value, "", buffer)];
        if (digits.Length != 11 || !IsDate(digits))
            return ValueMatch.None;
        return Digits.Weigh(digits, Weights) % 10 == 0 ? ValueMatch.Match : ValueMatch.Form;
    }

    private static ReadOnlySpan<int> Weights => [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];

    private static bool IsDate(ReadOnlySpan<char> digits) => Digits.IsDay(Digits.Number(digits[2..4]) % 20, Digits.Number(digits[4..6]));
}
