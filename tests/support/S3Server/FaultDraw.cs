using System.Diagnostics.CodeAnalysis;

namespace LoyaltyPipeline.S3Support;

/// <summary>Draws the faults of a plan, one request after another.</summary>
internal sealed class FaultDraw(FaultPlan plan)
{
    private readonly Lock _lock = new();
    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "A seed must bring the same faults again.")]
    private readonly Random _random = new(plan.Seed);

    public FaultPlan Plan { get; } = plan;

    /// <summary>The fault of the next request; null for none.</summary>
    /// <param name="hasBody">Whether the request has a body.</param>
    public Fault? Next(bool hasBody)
    {
        double chance, choice, delay, part;
        lock (_lock)
        {
            // Each request takes as many numbers as any other: what one is does not change what the next ones meet.
            (chance, choice, delay, part) = (_random.NextDouble(), _random.NextDouble(), _random.NextDouble(), _random.NextDouble());
        }

        var kinds = hasBody ? Plan.Kinds : [.. Plan.Kinds.Where(kind => kind != FaultKind.ResetInRequestBody)];
        if (chance >= Plan.Probability || kinds.Count == 0)
            return null;
        return new Fault(kinds[(int)(choice * kinds.Count)]) { Delay = TimeSpan.FromMilliseconds(50 + (450 * delay)), Part = part };
    }
}
