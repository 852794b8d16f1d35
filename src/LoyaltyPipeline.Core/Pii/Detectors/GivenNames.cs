namespace LoyaltyPipeline.Core.Pii.Detectors;

/// <summary>
/// Frequent given names of Europe, the Americas and, in Latin letters, of some other parts of the world. Not all there are: a column is
/// judged by how many of its values have one.
/// </summary>
internal static class GivenNames
{
    // No frozen set: to make one takes longer than an import looks at values.
    private static readonly Lazy<HashSet<string>.AlternateLookup<ReadOnlySpan<char>>> Known = new(
        () => Read().GetAlternateLookup<ReadOnlySpan<char>>());

    /// <summary>Whether a word is such a name, in whatever case; of one with a hyphen, whether its first part is.</summary>
    public static bool Has(ReadOnlySpan<char> word) =>
        Known.Value.Contains(word) || (word.IndexOf('-') is > 0 and var hyphen && Known.Value.Contains(word[..hyphen]));

    private static HashSet<string> Read()
    {
        using var stream = typeof(GivenNames).Assembly.GetManifestResourceStream("Pii/GivenNames.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
