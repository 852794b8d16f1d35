using System.Reflection;
using Xunit.v3;

namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>
/// A test of what only Unix has: modes of files, pipes and devices in folders, signals, files that can be deleted while they are open.
/// Elsewhere it is skipped.
/// </summary>
/// <param name="reason">What is missing elsewhere.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UnixAttribute(string reason) : BeforeAfterTestAttribute, ITraitAttribute
{
    /// <summary>Whether it is Linux that is needed.</summary>
    public bool Linux { get; set; }

    /// <summary>Whether root is needed too.</summary>
    public bool Root { get; set; }

    private bool IsHere =>
        !OperatingSystem.IsWindows() && (!Linux || OperatingSystem.IsLinux()) && (!Root || Environment.IsPrivilegedProcess);

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("System", "Unix")];

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Xunit.Assert.SkipUnless(IsHere, reason);
}
