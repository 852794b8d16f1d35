namespace LoyaltyPipeline.Core.Tests.Truth.Generators;

/// <summary>Random sources and the day to build Master for.</summary>
public sealed record DirtyCase(SourceData Sources, DateOnly RunDate)
{
    public override string ToString() => $"run date {RunDate:yyyy-MM-dd}\n{Sources}";
}
