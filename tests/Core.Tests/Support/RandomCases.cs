using System.Diagnostics;
using CsCheck;

namespace LoyaltyPipeline.Core.Tests.Support;

/// <summary>
/// Random cases for some time, so that what they cost is known and what they find is not always the same. What fails tells its seed, and
/// the same test with the environment variable <c>CsCheck_Seed</c> set to it begins with the case that failed.
/// </summary>
internal static class RandomCases
{
    // At full depth every property is tried this many times as long.
    private const int FullTime = 30;

    /// <summary>Tries a property.</summary>
    /// <param name="property">Throws where it does not hold.</param>
    /// <param name="atLeast">How many cases are tried in any case: a slow machine must not try none.</param>
    /// <param name="seconds">For how long more are tried, counted from the first.</param>
    /// <param name="print">How a failing case is shown.</param>
    public static void Try<T>(this Gen<T> cases, Action<T> property, int atLeast, int seconds, Func<T, string>? print = null)
    {
        var clock = Stopwatch.StartNew();
        cases.Sample(property, iter: atLeast, threads: 1, print: print);
        var left = (int)Math.Ceiling((TestDepth.Of(seconds, seconds * FullTime) - clock.Elapsed.TotalSeconds) - 0.5);
        if (left > 0)
            cases.Sample(property, time: left, threads: 1, print: print);
    }
}
