using System.Collections;
using System.Globalization;
using System.Numerics;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Answers;

/// <summary>Values of parameters as engines take them.</summary>
internal static class ParameterValue
{
    /// <summary>The values that a parameter stands for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">A value, or a list of values.</param>
    /// <exception cref="LoyaltyException"><c>QueryParameterInvalid</c>.</exception>
    public static IReadOnlyList<object?> ListOf(string name, object? value) =>
        value is IEnumerable list and not string ? [.. list.Cast<object?>().Select(one => Of(name, one))] : [Of(name, value)];

    private static object? Of(string name, object? value) => value switch
    {
        null or DBNull => null,
        string text when text.Contains('\0', StringComparison.Ordinal) => throw LoyaltyErrors.QueryParameterInvalid.Because(
            $"The parameter @{name} has the character U+0000 in it, at which the engine would cut it off.", name,
            "Give the text without it; no text of the warehouse has one."),
        string or bool or int or long or decimal or double or DateOnly or TimeOnly or TimeSpan => value,
        sbyte or byte or short or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => Whole(name, number),
        Int128 number => Whole(name, number),
        UInt128 number => Whole(name, number),
        BigInteger number => Whole(name, number),
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        EngagementSegment segment => SegmentNames.Of(segment),
        Enum or char or Guid => value.ToString(),
        // Times are stored in UTC; one without a zone is taken as it is.
        DateTime { Kind: DateTimeKind.Local } time => time.ToUniversalTime(),
        DateTime time => time,
        DateTimeOffset time => time.UtcDateTime,
        _ => throw LoyaltyErrors.QueryParameterInvalid.Because(
            $"The parameter @{name} has a value of the type {value.GetType().Name}, which no column has.",
            name,
            "Give a text, a number, a Boolean, a day, a time, a span of time, $null, or a list of them."),
    };

    // As results have it: Int64, else Decimal, else what it is, which engines take up to 128 bits.
    private static object Whole(string name, BigInteger number) =>
        number >= Int128.MinValue && number <= Int128.MaxValue
            ? ResultValue.Of(number)!
            : throw LoyaltyErrors.QueryParameterInvalid.Because(
                $"The parameter @{name} has a number of more than 128 bits, which no column has.", name,
                "Give a number that a column can have.");
}
