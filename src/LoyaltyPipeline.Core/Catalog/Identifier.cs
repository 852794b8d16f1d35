using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>
/// Names of schemas, tables and columns. They are never quoted in SQL, so that both engines fold their case alike;
/// instead nothing but a plain name is let through.
/// </summary>
public static partial class Identifier
{
    /// <summary>Whether a name can stand in SQL without quotes.</summary>
    /// <returns>True for upper-case letters, digits and underscores that do not begin with a digit.</returns>
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Z_][A-Z0-9_]{0,127}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
