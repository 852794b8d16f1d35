using LoyaltyPipeline.Benchmarks.Measuring;

namespace LoyaltyPipeline.Benchmarks.Scenarios;

/// <summary>A merge and its statements, on equal files.</summary>
/// <param name="Statements">The statements of a merge of such a file, sent straight to the engine.</param>
internal sealed record MergePair(MeasuredRun Merge, MeasuredRun Statements)
{
    public double Ratio => Merge.Seconds / Statements.Seconds;
}
