using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Delivery.Consumers;

/// <summary>Names of consumers, which become folders.</summary>
public static partial class ConsumerName
{
    /// <summary>Whether a consumer may be called so.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True for 1 to 64 letters, digits, <c>-</c> and <c>_</c>.</returns>
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
