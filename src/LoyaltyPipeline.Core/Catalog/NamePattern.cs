using System.IO.Enumeration;

namespace LoyaltyPipeline.Core.Catalog;

/// <summary>Names as users give them, in any case; <c>*</c> and <c>?</c> stand for any characters and any one.</summary>
internal static class NamePattern
{
    /// <summary>Whether a pattern fits a name.</summary>
    public static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    /// <summary>Whether one of some patterns fits one of some names.</summary>
    /// <param name="patterns">The patterns; where there are none, everything fits.</param>
    /// <param name="names">The names of one thing; null for one that it lacks.</param>
    public static bool FitsAny(IReadOnlyList<string> patterns, params ReadOnlySpan<string?> names)
    {
        if (patterns.Count == 0)
            return true;
        foreach (var name in names)
        {
            if (name is not null && patterns.Any(pattern => Fits(pattern, name)))
                return true;
        }

        return false;
    }
}
