namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>Numbers as people write them, and what check digits are reckoned by.</summary>
internal static class Digits
{
    /// <summary>Takes signs that group digits out of a number.</summary>
    /// <param name="value">The number as written.</param>
    /// <param name="signs">The signs that may stand in it, one at a time and between digits.</param>
    /// <param name="buffer">Where the digits go.</param>
    /// <returns>How many digits there are; 0 where it is no such number or longer than the buffer.</returns>
    public static int Take(ReadOnlySpan<char> value, ReadOnlySpan<char> signs, Span<char> buffer)
    {
        var count = 0;
        for (var position = 0; position < value.Length; position++)
        {
            var character = value[position];
            if (char.IsAsciiDigit(character))
            {
                if (count == buffer.Length)
                    return 0;
                buffer[count++] = character;
            }
            else if (!signs.Contains(character) || position == 0 || position == value.Length - 1 || !char.IsAsciiDigit(value[position - 1]))
            {
                return 0;
            }
        }

        return count;
    }

    /// <summary>Whether the last digit is the check digit of Luhn.</summary>
    public static bool IsLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var position = 0; position < digits.Length; position++)
        {
            var digit = digits[digits.Length - 1 - position] - '0';
            sum += position % 2 == 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
        }

        return sum % 10 == 0;
    }

    /// <summary>The sum of digits, each times its weight.</summary>
    public static int Weigh(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var position = 0; position < weights.Length; position++)
            sum += weights[position] * (digits[position] - '0');
        return sum;
    }

    /// <summary>What is left of a number when it is divided by 97.</summary>
    public static int Mod97(ReadOnlySpan<char> digits)
    {
        var rest = 0;
        foreach (var digit in digits)
            rest = (rest * 10 + digit - '0') % 97;
        return rest;
    }

    /// <summary>The number that some digits say.</summary>
    public static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
            number = number * 10 + digit - '0';
        return number;
    }

    /// <summary>Whether a month has a day; of a year of which the century is not known, any that is possible.</summary>
    public static bool IsDay(int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2000, month);

    /// <summary>Whether all digits are the same, as in numbers that fill a field.</summary>
    public static bool AreAlike(ReadOnlySpan<char> digits) => !digits.ContainsAnyExcept(digits[0]);
}
