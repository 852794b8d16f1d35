using LoyaltyPipeline.Benchmarks.Reporting;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>Targets that several scenarios share.</summary>
internal static class Limits
{
    public static Target PeakMegabytes { get; } = new(4096);
}
