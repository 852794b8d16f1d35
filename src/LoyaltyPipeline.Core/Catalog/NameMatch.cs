namespace LoyaltyPipeline.Core.Catalog;

/// <summary>
/// What is found by names that users give. A name in full that nothing has is missing and to be told of; a pattern that fits nothing has
/// just found nothing.
/// </summary>
/// <param name="Found">What fits a name or a pattern, in the order of what there is.</param>
/// <param name="Missing">The names in full that fit nothing, as they were given.</param>
public sealed record NameMatch(IReadOnlyList<string> Found, IReadOnlyList<string> Missing)
{
    /// <summary>Whether a name is a pattern.</summary>
    /// <returns>True where it has <c>*</c> or <c>?</c>.</returns>
    public static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

    /// <summary>Finds what is named.</summary>
    /// <param name="wanted">Names and patterns, in any case.</param>
    /// <param name="existing">What there is.</param>
    /// <returns>What was found, and what was not.</returns>
    public static NameMatch Of(IReadOnlyList<string> wanted, IReadOnlyCollection<string> existing) => new(
        [.. existing.Where(name => wanted.Any(pattern => NamePattern.Fits(pattern, name)))],
        [.. wanted.Where(pattern => !IsPattern(pattern) && !existing.Any(name => NamePattern.Fits(pattern, name)))
            .Distinct(StringComparer.OrdinalIgnoreCase)]);
}
