using System.Globalization;

namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>A latitude or a longitude by itself. A number says too little; the column's name must say that it is one.</summary>
internal sealed class CoordinateDetector : IValueDetector
{
    private const int Decimals = 3;

    public PiiKind Kind => PiiKind.Coordinates;

    public double Chance => 0.3;

    public bool NeedsName => true;

    public ValueMatch Look(string value)
    {
        if (value.Length > 25
            || !double.TryParse(
                value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees))
            return ValueMatch.None;
        return Math.Abs(degrees) <= 180 && value.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point
            && value.Length - point > Decimals ? ValueMatch.Match : ValueMatch.Form;
    }
}
