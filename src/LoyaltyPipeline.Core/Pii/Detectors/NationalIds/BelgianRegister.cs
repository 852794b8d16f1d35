namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>
/// The number in the register of Belgium (rijksregister): the day of birth, and two check digits by 97, of births since 2000 with a 2
/// before.
/// </summary>
internal sealed class BelgianRegister : IValueDetector
{
    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 2.0 / 97;

    public ValueMatch Look(string value)
    {
        Span<char> buffer = stackalloc char[11];
        var digits = buffer[..Digits.Take(value, ".- ", buffer)];
        if (digits.Length != 11 || !IsDate(digits))
            return ValueMatch.None;
        return IsChecked(digits) ? ValueMatch.Match : ValueMatch.Form;
    }

    // Births whose day is not known, and persons who are not in the register, have other months.
    private static bool IsDate(ReadOnlySpan<char> digits) =>
        Digits.IsDay(Digits.Number(digits[2..4]) % 20, Math.Max(Digits.Number(digits[4..6]), 1));

    private static bool IsChecked(ReadOnlySpan<char> digits)
    {
        var check = Digits.Number(digits[9..]);
        Span<char> since2000 = ['2', .. digits[..9]];
        return check == 97 - Digits.Mod97(digits[..9]) || check == 97 - Digits.Mod97(since2000);
    }
}
