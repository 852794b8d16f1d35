using System.Buffers;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>
/// The number of a bank account after ISO 13616: a country, as many characters as it gives, and the check digits of ISO 7064, mod 97.
/// </summary>
internal sealed class IbanDetector : IValueDetector
{
    public const int Shortest = 15;
    public const int Longest = 33;

    private static readonly Dictionary<string, int> Lengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 " +
        "HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 " +
        "RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30")
        .Split(' ').ToDictionary(entry => entry[..2], entry => Digits.Number(entry.AsSpan(2)), StringComparer.Ordinal);

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public PiiKind Kind => PiiKind.Iban;

    public double Chance => 1.0 / 97;

    public ValueMatch Look(string value)
    {
        if (value.Length is < Shortest or > 2 * Longest || !char.IsAsciiLetter(value[0]) || !char.IsAsciiLetter(value[1])
            || !char.IsAsciiDigit(value[2]))
            return ValueMatch.None;
        var text = value.Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
        if (!Lengths.TryGetValue(text[..2], out var length) || text.Length != length || text.AsSpan().ContainsAnyExcept(Alphabet))
            return ValueMatch.None;
        // Country and check digits come last in the reckoning.
        return Rest(text.AsSpan(0, 4), Rest(text.AsSpan(4), 0)) == 1 ? ValueMatch.Match : ValueMatch.Form;
    }

    /// <summary>What of a text that begins with a number of an account is the number; all of it where that cannot be said.</summary>
    public static string Begin(string text)
    {
        if (!Lengths.TryGetValue(text[..2], out var length))
            return text;
        var taken = 0;
        for (var position = 0; position < text.Length; position++)
        {
            if (text[position] != ' ' && ++taken == length)
                return position + 1 == text.Length || text[position + 1] == ' ' ? text[..(position + 1)] : text;
        }

        return text;
    }

    private static int Rest(ReadOnlySpan<char> text, int rest)
    {
        foreach (var character in text)
            rest = char.IsAsciiDigit(character) ? (rest * 10 + character - '0') % 97 : (rest * 100 + character - 'A' + 10) % 97;
        return rest;
    }
}
