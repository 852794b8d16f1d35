namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Aggregates of two sets of rows that are equal where the sets are, so that a join is paid for only where they differ.</summary>
/// <param name="Left">The aggregates of one set.</param>
/// <param name="Right">Those of the other, in the same order.</param>
internal sealed record Suspicion(Func<CheckContext, IReadOnlyList<Measure>> Left, Func<CheckContext, IReadOnlyList<Measure>> Right)
{
    public IEnumerable<Measure> Measures(CheckContext context) => [.. Left(context), .. Right(context)];

    public bool IsRaised(CheckContext context) => !Left(context).Select(context.Value).SequenceEqual(Right(context).Select(context.Value));
}
