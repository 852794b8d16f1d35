namespace LoyaltyPipeline.S3Support;

/// <summary>Which faults happen at random.</summary>
/// <param name="Seed">Decides them: the n-th request under a plan always meets the same draw.</param>
/// <param name="Probability">How likely a request meets one, from 0 to 1.</param>
/// <param name="Kinds">What may happen, each as likely as the others. What needs a request with a body is left out for one without.</param>
public sealed record FaultPlan(int Seed, double Probability, IReadOnlyList<FaultKind> Kinds)
{
    /// <summary>Nothing happens.</summary>
    public static FaultPlan None { get; } = new(0, 0, []);

    /// <summary>Every kind that can be drawn at random.</summary>
    public static IReadOnlyList<FaultKind> AllKinds { get; } = [.. Enum.GetValues<FaultKind>()
        .Where(kind => kind is not (FaultKind.OtherError or FaultKind.Hang))];

    /// <summary>Everything happens that can be drawn at random.</summary>
    /// <param name="seed">Decides the faults.</param>
    /// <param name="probability">How likely a request meets one.</param>
    public static FaultPlan All(int seed, double probability) => new(seed, probability, AllKinds);
}
