namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>The number of a payment card: an issuer's prefix, as many digits as it gives, and the check digit of Luhn.</summary>
internal sealed class CardNumberDetector : IValueDetector
{
    private const int Shortest = 14;
    private const int Longest = 19;

    // First and last prefix of issuers, and how many digits their numbers have. Those of 13 are issued no more, and numbers of persons in
    // South Africa have as many and the same check digit.
    private static readonly (int First, int Last, int Digits, int Shortest, int Longest)[] Issuers =
    [
        (4, 4, 1, 16, 16), (4, 4, 1, 19, 19), // Visa
        (51, 55, 2, 16, 16), (2221, 2720, 4, 16, 16), // Mastercard
        (34, 34, 2, 15, 15), (37, 37, 2, 15, 15), // American Express
        (6011, 6011, 4, 16, 19), (644, 649, 3, 16, 19), (65, 65, 2, 16, 19), // Discover
        (3528, 3589, 4, 16, 19), // JCB
        (300, 305, 3, 14, 14), (36, 36, 2, 14, 14), (38, 39, 2, 14, 14), // Diners Club
        (62, 62, 2, 16, 19), // UnionPay
        (2200, 2204, 4, 16, 16), // Mir
        (5018, 5018, 4, 16, 19), (5020, 5020, 4, 16, 19), (5038, 5038, 4, 16, 19), (5893, 5893, 4, 16, 19), (6304, 6304, 4, 16, 19),
        (6759, 6759, 4, 16, 19), (6761, 6763, 4, 16, 19), // Maestro
    ];

    public PiiKind Kind => PiiKind.CardNumber;

    public double Chance => 0.1;

    public ValueMatch Look(string value)
    {
        Span<char> buffer = stackalloc char[Longest];
        return value.Length is >= Shortest and <= 2 * Longest ? OfDigits(buffer[..Digits.Take(value, " -", buffer)]) : ValueMatch.None;
    }

    /// <summary>Looks at digits.</summary>
    public static ValueMatch OfDigits(ReadOnlySpan<char> digits)
    {
        if (digits.Length < Shortest || !HasIssuer(digits) || Digits.AreAlike(digits))
            return ValueMatch.None;
        return Digits.IsLuhn(digits) ? ValueMatch.Match : ValueMatch.Form;
    }

    private static bool HasIssuer(ReadOnlySpan<char> digits)
    {
        foreach (var issuer in Issuers)
        {
            var prefix = Digits.Number(digits[..issuer.Digits]);
            if (prefix >= issuer.First && prefix <= issuer.Last && digits.Length >= issuer.Shortest && digits.Length <= issuer.Longest)
                return true;
        }

        return false;
    }
}
