namespace LoyaltyPipeline.Module.Tests.Support;

/// <summary>Where a script wrote something.</summary>
internal enum StreamKind
{
    Output,
    Error,
    Warning,
    Verbose,
    Progress,
    Host,
}
