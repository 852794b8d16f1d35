using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Engines.DuckDb;

/// <summary>Paths of files that the engine reads.</summary>
internal static partial class EnginePath
{
    /// <summary>
    /// A path as a literal that fits that file alone: the engine's readers take * ? [ for a pattern, and in brackets each means itself.
    /// </summary>
    /// <param name="path">The path of a file.</param>
    public static string Literal(string path) => SqlText.Quote(Wildcard().Replace(path, "[$0]"));

    [GeneratedRegex(@"[*?\[]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Wildcard();
}
