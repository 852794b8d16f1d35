namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The identity number of South Africa: the day of birth, who is a citizen, and the check digit of Luhn.</summary>
internal sealed class SouthAfricanId : IValueDetector
{
    private const int Citizenship = 10;

    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 0.1;

    public ValueMatch Look(string value)
    {
        Span<char> buffer = stackalloc char[13];
        var digits = buffer[..Digits.Take(value, " ", buffer)];
        if (digits.Length != 13 || !IsPerson(digits))
            return ValueMatch.None;
        return Digits.IsLuhn(digits) ? ValueMatch.Match : ValueMatch.Form;
    }

    private static bool IsPerson(ReadOnlySpan<char> digits) =>
        Digits.IsDay(Digits.Number(digits[2..4]), Digits.Number(digits[4..6])) && digits[Citizenship] is '0' or '1' or '2';
}
