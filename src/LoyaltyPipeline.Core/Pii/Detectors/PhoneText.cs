using System.Buffers;
using PhoneNumbers;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>What all detectors of telephone numbers ask.</summary>
internal static class PhoneText
{
    private const int Fewest = 7;
    private const int Most = 15;

    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789+-()/. ");

    /// <summary>Whether a text is made of what telephone numbers are written with, and is no date.</summary>
    public static bool HasForm(string value)
    {
        if (value.Length > 2 * Most || value.AsSpan().ContainsAnyExcept(Characters))
            return false;
        var digits = value.Count(char.IsAsciiDigit);
        return digits is >= Fewest and <= Most && value.LastIndexOf('+') <= 0 && !IsDate(value);
    }

    /// <summary>Whether a number is assigned, or could be, in the country that it names or in a region.</summary>
    public static bool IsValid(string value, string? region) => TryParse(value, region) is { } number && Util.IsValidNumber(number);

    /// <summary>Whether a number has as many digits as some of its country.</summary>
    public static bool IsPossible(string value, string? region) => TryParse(value, region) is { } number && Util.IsPossibleNumber(number);

    /// <summary>A number as E.164, without an extension.</summary>
    /// <param name="region">The country, by its code of two letters, of a number that does not say it; empty for none.</param>
    /// <returns>The number; null for what is none, or has more or fewer digits than any of its country that can be called from outside
    /// its town.</returns>
    public static string? ToE164(string value, string region) =>
        TryParse(value, region.Length == 0 ? null : region) is { } number
            && Util.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE
            ? Util.Format(number, PhoneNumberFormat.E164)
            : null;

    /// <summary>Whether there are numbers of a country.</summary>
    /// <param name="region">Its code of two letters, in upper case.</param>
    public static bool IsRegion(string region) => Util.GetSupportedRegions().Contains(region);

    private static PhoneNumberUtil Util => PhoneNumberUtil.GetInstance();

    private static PhoneNumber? TryParse(string value, string? region)
    {
        try
        {
            return Util.Parse(value, region);
        }
        catch (NumberParseException)
        {
            // The library has no other way to say that a text is no number.
            return null;
        }
    }

    private static bool IsDate(string value) =>
        value.Length is >= 8 and <= 10 && value.IndexOfAny(['-', '/', '.', ' ']) is var sign and > 0 && sign is 1 or 2 or 4
            && value.Count(character => character == value[sign]) == 2
        && value.Count(char.IsAsciiDigit) == value.Length - 2 && value.Split(value[sign]) is { } parts
        && parts.Count(part => part.Length == 4) == 1 && parts.All(part => part.Length is 1 or 2 or 4) && parts[1].Length <= 2;
}
