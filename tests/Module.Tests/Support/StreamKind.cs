namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>Where a script wrote something.</summary>
public enum StreamKind
{
    Output,
    Error,
    Warning,
    Verbose,
    Debug,
    Information,
    Progress,
    Host,
}
