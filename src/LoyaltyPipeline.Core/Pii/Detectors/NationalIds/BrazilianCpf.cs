namespace LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

/// <summary>The CPF of Brazil: nine digits and two check digits.</summary>
internal sealed class BrazilianCpf : IValueDetector
{
    public PiiKind Kind => PiiKind.NationalId;

    public double Chance => 0.01;

    public ValueMatch Look(string value)
    {
        Span<char> buffer = stackalloc char[11];
        var digits = buffer[..Digits.Take(value, ".-", buffer)];
        if (digits.Length != 11 || Digits.AreAlike(digits))
            return ValueMatch.None;
        return Check(digits, 9) && Check(digits, 10) ? ValueMatch.Match : ValueMatch.Form;
    }

    private static bool Check(ReadOnlySpan<char> digits, int position)
    {
        var sum = 0;
        for (var before = 0; before < position; before++)
            sum += (digits[before] - '0') * (position + 1 - before);
        return sum * 10 % 11 % 10 == digits[position] - '0';
    }
}
