using System.Collections;
using System.Globalization;
using System.Numerics;
using LoyaltyPipeline.Core.Runs;

namespace LoyaltyPipeline.Core.Answers;

/// <summary>Values of engines as scripts reckon with them.</summary>
internal static class ResultValue
{
    private static readonly BigInteger LargestDecimal = new(decimal.MaxValue);

    public static object? Of(object? value) => value switch
    {
        null or DBNull => null,
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => Whole(number),
        BigInteger number => Whole(number),
        // By its text: the nearest double of 0.1f is 0.10000000149011612.
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        DateOnly day => Midnight.Of(day),
        DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
        DateTimeOffset time => time.UtcDateTime,
        TimeOnly time => time.ToTimeSpan(),
        Stream stream => Bytes(stream),
        byte[] bytes => bytes,
        IDictionary structure => Row(structure),
        string text => text,
        IEnumerable list => list.Cast<object?>().Select(Of).ToArray(),
        _ => value,
    };

    private static object Whole(BigInteger number) =>
        number >= long.MinValue && number <= long.MaxValue ? (long)number
        : BigInteger.Abs(number) <= LargestDecimal ? (decimal)number
        : number;

    private static byte[] Bytes(Stream stream)
    {
        using var copy = new MemoryStream();
        using (stream)
            stream.CopyTo(copy);
        return copy.ToArray();
    }

    // Of parts without names the reader keeps one.
    private static QueryRow Row(IDictionary structure) => structure.Contains(string.Empty) ? throw new NotSupportedException() : new(
        UniqueNames.Of([.. structure.Keys.Cast<object>().Select(key => Convert.ToString(Of(key), CultureInfo.InvariantCulture)!)]),
        [.. structure.Values.Cast<object?>().Select(Of)]);
}
