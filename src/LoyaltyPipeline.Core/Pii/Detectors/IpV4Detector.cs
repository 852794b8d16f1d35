using System.Globalization;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>
/// An IP address of version 4. The version of a program is written alike, but of small numbers, or of one that no address has.
/// </summary>
internal sealed class IpV4Detector : IValueDetector
{
    private const int Parts = 4;
    private const int LargestOfVersions = 31;

    public PiiKind Kind => PiiKind.IpAddress;

    public double Chance => 0.3;

    public ValueMatch Look(string value)
    {
        if (value.Length is < 7 or > 21 || value.AsSpan().Count('.') != Parts - 1)
            return ValueMatch.None;
        var count = 0;
        var largest = 0;
        var isAddress = true;
        foreach (var range in value.AsSpan().Split('.'))
        {
            var part = value.AsSpan()[range];
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return ValueMatch.None;
            isAddress &= number <= byte.MaxValue && (part.Length == 1 || part[0] != '0') && (count > 0 || number > 0);
            largest = Math.Max(largest, number);
            count++;
        }

        return isAddress && largest > LargestOfVersions ? ValueMatch.Match : ValueMatch.Form;
    }
}
