using LoyaltyPipeline.Core.SyntheticData;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>Reports on the thread that works, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class SynchronousProgress(Action<SyntheticProgress> report) : IProgress<SyntheticProgress>
{
    public void Report(SyntheticProgress value) => report(value);
}
