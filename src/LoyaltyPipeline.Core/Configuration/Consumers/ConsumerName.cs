using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Files;

namespace LoyaltyPipeline.Core.Configuration.Consumers;

/// <summary>Names of consumers, which become folders.</summary>
public static partial class ConsumerName
{
    /// <summary>Why a consumer may not be called so, on any system: a configuration goes from one to another.</summary>
    /// <param name="name">The name: 1 to 64 letters, digits, <c>-</c> and <c>_</c>, and none that Windows takes for a device.</param>
    /// <returns>What is wrong, and what to do; null where nothing is.</returns>
    public static string? ProblemOf(
        string name) => !Pattern().IsMatch(name) ? $"'{name}' is no name for a consumer; write letters, digits, - and _"
        : WindowsPath.IsReserved(
            name) ? $"'{name}' is no name for a consumer: Windows takes a folder of that name for a device; call it something else"
        : null;

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
