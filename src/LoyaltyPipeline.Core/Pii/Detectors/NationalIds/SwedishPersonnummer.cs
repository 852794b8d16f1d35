namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>
/// The personnummer of Sweden: the day of birth, with or without century, and the check digit of Luhn; a coordination number has sixty more
/// in the day.
/// </summary>
internal sealed class SwedishPersonnummer : IValueDetector
{
    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 0.1;

    public ValueMatch Look(string value)
    {
        Span<char> buffer = stackalloc char[12];
        var digits = buffer[..Digits.Take(value, "-+", buffer)];
        if (digits.Length == 12 && digits[..2] is "18" or "19" or "20")
            digits = digits[2..];
        if (digits.Length != 10 || !Digits.IsDay(Digits.Number(digits[2..4]), Digits.Number(digits[4..6]) % 60))
            return ValueMatch.None;
        return Digits.IsLuhn(digits) ? ValueMatch.Match : ValueMatch.Form;
    }
}
