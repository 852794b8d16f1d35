namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>
/// The tax number of Germany (Steuer-ID): of its first ten digits one occurs twice or three times, and the last is a check digit after ISO
/// 7064.
/// </summary>
internal sealed class GermanTaxId : IValueDetector
{
    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 0.004;

    public ValueMatch Look(string value)
    {
        Span<char> buffer = stackalloc char[11];
        var digits = buffer[..Digits.Take(value, ".- /", buffer)];
        if (digits.Length != 11 || digits[0] == '0')
            return ValueMatch.None;
        return IsSpread(digits) && IsChecked(digits) ? ValueMatch.Match : ValueMatch.Form;
    }

    private static bool IsSpread(ReadOnlySpan<char> digits)
    {
        Span<int> counts = stackalloc int[10];
        foreach (var digit in digits[..10])
            counts[digit - '0']++;
        return counts.Count(2) + counts.Count(3) == 1 && counts.Count(1) + 1 + counts.Count(0) == 10;
    }

    private static bool IsChecked(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits[..10])
        {
            var sum = (digit - '0' + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }

        return (11 - product) % 10 == digits[10] - '0';
    }
}
