namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>
/// How much of a proof is run. Without a word it is what every change needs, in minutes; with <c>LOYALTY_TEST_DEPTH=full</c>, which
/// <c>build.ps1 Test -Full</c> sets, it is everything. What is thinned is listed in tests/README.md.
/// </summary>
internal static class TestDepth
{
    private const string Variable = "LOYALTY_TEST_DEPTH";

    /// <summary>Whether everything is to be run.</summary>
    public static bool IsFull { get; } = string.Equals(
        Environment.GetEnvironmentVariable(Variable), "full", StringComparison.OrdinalIgnoreCase);

    /// <summary>Chooses between what is enough for a change and all of it.</summary>
    public static T Of<T>(T fast, T full) => IsFull ? full : fast;
}
