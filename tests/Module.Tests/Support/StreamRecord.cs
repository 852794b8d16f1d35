namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>One thing a script wrote.</summary>
internal sealed record StreamRecord(StreamKind Stream, object Value)
{
    public override string ToString() => $"{Stream}: {Value}";
}
