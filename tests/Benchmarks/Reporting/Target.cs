using System.Globalization;

namespace LoyaltyPipeline.Benchmarks.Reporting;

/// <summary>A limit that a figure must keep.</summary>
/// <param name="AtLeast">Whether the value must reach it; otherwise it must not go beyond.</param>
internal sealed record Target(double Limit, bool AtLeast = false)
{
    public bool IsMetBy(double value) => AtLeast ? value >= Limit : value <= Limit;

    public override string ToString() => $"{(AtLeast ? '≥' : '≤')} {Limit.ToString("0.##", CultureInfo.InvariantCulture)}";
}
