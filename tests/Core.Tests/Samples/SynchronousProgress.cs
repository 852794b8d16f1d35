using LoyaltyPipeline.Core.Samples;

namespace LoyaltyPipeline.Core.Tests.Samples;

/// <summary>Reports on the thread that works, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class SynchronousProgress(Action<SampleProgress> report) : IProgress<SampleProgress>
{
    public void Report(SampleProgress value) => report(value);
}
