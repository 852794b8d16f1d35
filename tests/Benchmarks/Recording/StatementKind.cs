namespace LoyaltyPipeline.Benchmarks.Recording;

/// <summary>What was asked of a session.</summary>
internal enum StatementKind
{
    Open,
    Execute,
    Query,
    Begin,
    Commit,
    Close,
}
